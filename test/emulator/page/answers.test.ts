import { expect, it } from 'vitest';
import { policy, READERS_MAY_QUERY } from '../fixture';
import { startClaimsApp } from '../start-claims-app';

const QUERY = 'Claims___query';

/** Takes one tool out of every list. */
const HIDES = `export const handler = async (event) => {
  const { statusCode, body } = event.mcp.gatewayResponse;
  const tools = body.result?.tools?.filter(({ name }) => name !== '${QUERY}');
  const changed = tools === undefined ? body : { ...body, result: { ...body.result, tools } };
  return { interceptorOutputVersion: '1.0', mcp: { transformedGatewayResponse: { statusCode, body: changed } } };
};`;

it('decides a call at the time that the page says', async () => {
  const late = READERS_MAY_QUERY.replace('when {', 'when { context.system.now > datetime("2030-01-01") &&');
  const emulator = await startClaimsApp(() => ({ policies: [policy('late', late)] }));
  const decided = async (now?: string): Promise<object> => {
    const body = JSON.stringify({ persona: 'rita', tool: QUERY, arguments: { id: '1' }, now });
    return (await (await fetch(`${emulator.url}/emulator/decide`, { method: 'POST', body })).json()) as object;
  };
  expect(await decided('2029-12-31T23:59:59Z')).toMatchObject({ record: { outcome: 'DENY' } });
  expect(await decided('2030-01-01T00:00:01Z')).toMatchObject({ record: { outcome: 'ALLOW' } });
  expect(await decided('no time')).toEqual(expect.objectContaining({ record: expect.anything() }));
});

it('tells a tool that an interceptor hides from one that no call of which could be allowed', async () => {
  const emulator = await startClaimsApp((app) => ({ interceptors: { response: app.bundle('hides', HIDES) } }));
  const reason = async (tool: string): Promise<unknown> =>
    await (await fetch(`${emulator.url}/emulator/reason?persona=rita&tool=${tool}`)).json();
  expect(await reason(QUERY)).toMatchObject({ access: 'always', listed: false });
  expect(await reason('Claims___purge')).toMatchObject({ access: 'never', listed: false });
  expect(await reason('Claims___none')).toBeNull();
});
