import { INTERCEPTOR_DENIAL_TEXT } from '../../../lib/contract/decision';
import { INTERCEPTOR_PAYLOAD_VERSION } from '../../../lib/contract/interceptor-payload';
import { DENIALS } from './denial';

/** Answer to a message of an HTTP target. Source: developer guide, page gateway-interceptors-configuration. */
export interface HttpOutput {
  readonly interceptorOutputVersion: typeof INTERCEPTOR_PAYLOAD_VERSION;
  readonly http: {
    readonly transformedGatewayResponse?: { statusCode: number; body: string; contentType: string };
  };
}

/**
 * Steps judge MCP messages. What goes to an HTTP target, or from the gateway to the backend of an OpenAPI target, they cannot judge,
 * so that it is refused unless the configuration says that it may pass as it is.
 */
export function answerHttp(httpMessages: 'refuse' | 'pass'): HttpOutput {
  if (httpMessages === 'pass') return { interceptorOutputVersion: INTERCEPTOR_PAYLOAD_VERSION, http: {} };
  const text = JSON.stringify({ message: `${INTERCEPTOR_DENIAL_TEXT} ${DENIALS['unsupported-message'].text}` });
  const body = Buffer.from(text, 'utf8').toString('base64');
  return {
    interceptorOutputVersion: INTERCEPTOR_PAYLOAD_VERSION,
    http: { transformedGatewayResponse: { statusCode: 403, body, contentType: 'application/json' } },
  };
}
