import { isJsonObject } from '../../contract/json';
import type { StepWatch } from '../../contract/step-trace';
import type { Answer } from '../mcp/refusal';
import type { StagedMessage } from '../mcp/staged-message';
import type { ServingGateway } from '../serving-gateway';
import { isStatus, lowerCase } from './intercept-request';
import { callInterceptor, emptyPayload, failed, InterceptorTimeout, ignoredMember } from './interceptor-call';

/** Stage 6: the RESPONSE interceptor sees every answer before the client does. */
export async function interceptResponse(
  answer: Answer,
  staged: StagedMessage,
  gateway: ServingGateway,
  onStep: StepWatch,
): Promise<Answer> {
  const interceptor = gateway.responseInterceptor;
  // An answer without body is that to a notification.
  if (interceptor === undefined || answer.body === undefined) return answer;
  if (answer.unsuccessful && !gateway.switches.interceptDeniedResponses) return answer;
  const response = { statusCode: answer.status, headers: answer.headers, body: answer.body };
  const call = { interceptor, point: 'RESPONSE', staged, response, onStep } as const;
  const mcp = await callInterceptor(call, gateway).catch((error: unknown) => {
    throw error instanceof InterceptorTimeout ? failed(gateway, 'RESPONSE', error.message) : error;
  });
  const transformed = mcp.transformedGatewayResponse;
  if (transformed === undefined || transformed === null) {
    if (ignoredMember(mcp, 'RESPONSE', gateway)) return answer;
    throw emptyPayload();
  }
  if (!isJsonObject(transformed)) throw failed(gateway, 'RESPONSE', 'transformedGatewayResponse is not an object');
  const status = transformed.statusCode ?? answer.status;
  if (!isStatus(status)) throw failed(gateway, 'RESPONSE', 'its statusCode is not an HTTP status');
  return { status, headers: { ...answer.headers, ...lowerCase(transformed.headers) }, body: transformed.body };
}
