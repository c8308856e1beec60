import { describe, expect, it } from 'vitest';
import type { ExchangeRequest } from '../../../../lambda/interceptor-kit/sdk/sts-exchange';
import { tokenExchange } from '../../../../lambda/interceptor-kit/steps/token-exchange';
import { message, requestEvent, tokenOf, toolCall, tryRequest } from '../../../../lambda/interceptor-kit/testing';
import type { TokenExchangeConfig } from '../../../../lib/contract/steps/token-exchange';
import { expectDenied, expectPassed } from '../expect-output';

type Exchange = TokenExchangeConfig['exchanges'][number];
const BASE: Exchange = {
  tools: ['Lake'],
  roleVariable: 'ROLE',
  method: 'assume-role',
  sessionTags: { tenant: 'tenant' },
  durationSeconds: 900,
  headers: { accessKeyId: 'x-key-id', secretAccessKey: 'x-secret', sessionToken: 'x-session' },
};
const CALLER = { claims: { sub: 'ann|1', tenant: 'eu' } };
const CALL = toolCall('Lake___query', { a: 1 });

function trial(more: Partial<Exchange> = {}, expires = new Date(3_600_000)) {
  const asked: ExchangeRequest[] = [];
  const exchange = async (request: ExchangeRequest) => {
    asked.push(request);
    return { accessKeyId: 'AKID', secretAccessKey: 'shh', sessionToken: 'tok', expires };
  };
  const config: TokenExchangeConfig = { exchanges: [{ ...BASE, ...more }] };
  return {
    asked,
    step: tokenExchange(config, { exchange, environment: { ROLE: 'arn:aws:iam::111122223333:role/lake' } }),
  };
}

describe('token exchange', () => {
  it('hands credentials to the target in headers only', async () => {
    const { step, asked } = trial();
    const output = await tryRequest([step], requestEvent(CALL, CALLER), { now: new Date(0) });
    expectPassed(output, CALL);
    expect(output.mcp.transformedGatewayRequest?.headers).toEqual({
      'x-key-id': 'AKID',
      'x-secret': 'shh',
      'x-session': 'tok',
    });
    expect(asked).toEqual([
      {
        role: 'arn:aws:iam::111122223333:role/lake',
        sessionName: 'ann-1',
        subject: 'ann|1',
        durationSeconds: 900,
        tags: { tenant: 'eu' },
      },
    ]);
  });

  it('can put them into the Authorization header', async () => {
    const { step } = trial({ headers: { authorizationScheme: 'AWS-Session' } });
    const output = await tryRequest([step], requestEvent(CALL, CALLER), { now: new Date(0) });
    const [scheme, text = ''] = output.mcp.transformedGatewayRequest?.headers?.['authorization']?.split(' ') ?? [];
    expect(scheme).toBe('AWS-Session');
    expect(JSON.parse(Buffer.from(text, 'base64').toString())).toEqual({
      accessKeyId: 'AKID',
      secretAccessKey: 'shh',
      sessionToken: 'tok',
    });
  });

  it('lets STS verify the caller’s own token', async () => {
    const { step, asked } = trial({ method: 'web-identity', sessionTags: {} });
    await tryRequest([step], requestEvent(CALL, CALLER), { now: new Date(0) });
    expect(asked[0]).toMatchObject({ token: tokenOf(CALLER.claims), tags: {} });
  });

  it('hands out no credentials that were made from another token of the same caller', async () => {
    const { step, asked } = trial({ method: 'web-identity', sessionTags: {} });
    for (const tenant of ['eu', 'us', 'eu']) {
      const caller = { claims: { sub: 'ann', tenant } };
      await tryRequest([step], requestEvent(CALL, caller), { now: new Date(0) });
    }
    expect(asked.map(({ token }) => token)).toEqual(['eu', 'us'].map((tenant) => tokenOf({ sub: 'ann', tenant })));
  });

  it('keeps credentials per caller until shortly before they end', async () => {
    const { step, asked } = trial();
    const at = (ms: number) => ({ now: new Date(ms) });
    await tryRequest([step], requestEvent(CALL, CALLER), at(0));
    await tryRequest([step], requestEvent(CALL, CALLER), at(3_479_999));
    await tryRequest([step], requestEvent(CALL, { claims: { ...CALLER.claims, tenant: 'us' } }), at(0));
    await tryRequest([step], requestEvent(CALL, { claims: { ...CALLER.claims, sub: 'bob' } }), at(0));
    await tryRequest([step], requestEvent(CALL, CALLER), at(3_480_000));
    expect(asked.map(({ subject, tags }) => `${subject} ${tags['tenant']}`)).toEqual([
      'ann|1 eu',
      'ann|1 us',
      'bob eu',
      'ann|1 eu',
    ]);
  });

  it.each([
    ['is missing', {}],
    ['is empty', { tenant: '' }],
    ['is a list', { tenant: ['eu'] }],
    ['has characters that STS refuses', { tenant: 'eu;us' }],
    ['is too long', { tenant: 'x'.repeat(257) }],
  ])('denies when a tag’s claim %s', async (_what, claims) => {
    const { step, asked } = trial();
    expectDenied(
      await tryRequest([step], requestEvent(CALL, { claims: { sub: 'ann', ...claims } })),
      'exchange-failed',
    );
    expect(asked).toEqual([]);
  });

  it('denies without words of STS when the exchange fails', async () => {
    const lines: string[] = [];
    const exchange = () => Promise.reject(new Error('User arn:aws:sts::1:x is not authorized to assume role lake'));
    const step = tokenExchange({ exchanges: [BASE] }, { exchange, environment: { ROLE: 'r' } });
    const output = await tryRequest([step], requestEvent(CALL, CALLER), { log: (line) => lines.push(line) });
    expectDenied(output, 'exchange-failed');
    expect(JSON.stringify(output) + lines.join()).not.toContain('lake"');
    const unset = tokenExchange({ exchanges: [BASE] }, { exchange, environment: {} });
    expectDenied(await tryRequest([unset], requestEvent(CALL, CALLER)), 'exchange-failed');
  });

  it('asks nothing for other tools and methods, and nobody on a gateway without tokens', async () => {
    const { step, asked } = trial();
    expectPassed(await tryRequest([step], requestEvent(toolCall('Notes___read'), CALLER)));
    expectPassed(await tryRequest([step], requestEvent(message('tools/list'), CALLER)));
    expectDenied(
      await tryRequest([step], requestEvent(CALL, CALLER), { config: { authorization: 'iam' } }),
      'exchange-failed',
    );
    expect(asked).toEqual([]);
  });
});
