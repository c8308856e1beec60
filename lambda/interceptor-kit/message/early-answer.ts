import { INTERCEPTOR_PAYLOAD_VERSION, type InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import type { JsonObject } from '../../../lib/contract/json';

/** An answer in place of the target's. HTTP 200, as the gateway itself answers denied calls. */
export function earlyAnswer(body: JsonObject): InterceptorOutput {
  return {
    interceptorOutputVersion: INTERCEPTOR_PAYLOAD_VERSION,
    mcp: { transformedGatewayResponse: { statusCode: 200, headers: { 'content-type': 'application/json' }, body } },
  };
}
