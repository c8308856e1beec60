import { describe, expect, it } from 'vitest';
import { answerOf, call, post } from './fixture';
import { startClaimsApp } from './start-claims-app';

describe('a call of a tool', () => {
  // Covers gateway.tool-names
  it('reaches the target with flat arguments and the full name in the client context', async () => {
    const running = await startClaimsApp();
    const body = await call(running, 'rita', 'Claims___query', { id: 'c-1' });
    expect(body.result.isError).toBe(false);
    expect(answerOf(body)).toEqual({ event: { id: 'c-1' }, tool: 'Claims___query' });
  });

  // Covers assumed.denial-shape
  it('is denied by default in the form that the service was seen to use', async () => {
    const running = await startClaimsApp();
    const body = await call(running, 'walt', 'Claims___query', { id: 'c-1' });
    expect(body.error).toEqual({
      code: -32002,
      message:
        'Tool Execution Denied: Tool call not allowed due to policy enforcement [No policy applies to the request (denied by default).]',
    });
  });

  it('is refused without a token before anything else', async () => {
    const running = await startClaimsApp();
    const { status, headers, body } = await post(running, 'tools/call', {
      name: 'Claims___query',
      arguments: { id: '1' },
    });
    expect(status).toBe(401);
    expect(body.error).toEqual({ code: -32001, message: 'Invalid Bearer token' });
    expect(headers.get('www-authenticate')).toBe(
      `Bearer error="invalid_token", resource_metadata="${running.url}/.well-known/oauth-protected-resource"`,
    );
  });

  it('shows the REQUEST interceptor first, and Cedar and target what it returned', async () => {
    const running = await startClaimsApp((app) => ({
      interceptors: {
        request: app.bundle(
          'request',
          `export const handler = async (event) => {
             const body = event.mcp.gatewayRequest.body;
             body.params.arguments = { ...body.params.arguments, id: 'rewritten', limit: 5 };
             return { interceptorOutputVersion: '1.0', mcp: { transformedGatewayRequest: { body } } };
           };`,
        ),
      },
    }));
    expect(answerOf(await call(running, 'rita', 'Claims___query', { id: 'mine' })).event).toEqual({
      id: 'rewritten',
      limit: 5,
    });
  });
});
