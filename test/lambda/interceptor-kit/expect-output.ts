import { expect } from 'vitest';
import type { InterceptorOutput } from '../../../lib/contract/interceptor-payload';
import type { JsonObject } from '../../../lib/contract/json';

/** The message goes on with this body. */
export function expectPassed(output: InterceptorOutput, body?: unknown): JsonObject {
  expect(output.interceptorOutputVersion).toBe('1.0');
  expect(output.mcp.transformedGatewayResponse, 'not answered').toBeUndefined();
  const passed = output.mcp.transformedGatewayRequest?.body;
  expect(passed).toBeDefined();
  if (body !== undefined) expect(passed).toEqual(body);
  return passed as JsonObject;
}

/** The message ends with a denial of this reason. */
export function expectDenied(output: InterceptorOutput, reason: string, id: unknown = 1): JsonObject {
  expect(output.interceptorOutputVersion).toBe('1.0');
  expect(output.mcp.transformedGatewayRequest, 'not passed on').toBeUndefined();
  const body = output.mcp.transformedGatewayResponse?.body as JsonObject;
  const error = body['error'] as JsonObject;
  expect({ id: body['id'], reason: (error['data'] as JsonObject)['reason'] }).toEqual({ id, reason });
  expect(error['message']).toMatch(/^Request denied: [^:]+(?:: .+)?$/);
  return error;
}

/** The answer goes out with this result. */
export function expectResult(output: InterceptorOutput, result?: unknown): JsonObject {
  const body = output.mcp.transformedGatewayResponse?.body as JsonObject;
  expect(body['error']).toBeUndefined();
  if (result !== undefined) expect(body['result']).toEqual(result);
  return body['result'] as JsonObject;
}
