import { type HttpHandler, type HttpReply, type HttpRequest, jsonReply } from '../http/exchange';

/** Stand-in for one AWS service behind the shared endpoint. */
export interface AwsService {
  /** Prefix of `X-Amz-Target`, or names of `Action` for services of the query protocol. */
  readonly target?: string;
  readonly actions?: readonly string[];
  handle(request: HttpRequest): Promise<HttpReply> | HttpReply;
}

/**
 * The endpoint that AWS clients in functions talk to. A service without a stand-in gets an error here instead of a request
 * that leaves this machine.
 */
export function awsEndpoint(services: readonly AwsService[]): Map<string, HttpHandler> {
  const handler: HttpHandler = (request) => {
    const target = request.headers['x-amz-target']?.split('.', 1)[0];
    const action = new URLSearchParams(request.body).get('Action') ?? '';
    const service = services.find((one) =>
      target === undefined ? one.actions?.includes(action) : one.target === target,
    );
    return service === undefined ? noStandIn() : service.handle(request);
  };
  return new Map([['POST /', handler]]);
}

function noStandIn(): HttpReply {
  const type = 'NotImplementedByEmulator';
  return jsonReply({ __type: type, message: 'this AWS service has no local stand-in' }, 400, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-errortype': type,
  });
}

/** Access key id of the credentials that signed a request. */
export function accessKeyOf(request: HttpRequest): string | undefined {
  return /Credential=([^/,\s]+)\//.exec(request.headers['authorization'] ?? '')?.[1];
}
