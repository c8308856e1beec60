import { describe, expect, it } from 'vitest';
import { rowScope } from '../../../../lambda/interceptor-kit/steps/row-scope';
import { responseEvent, resultOf, toolCall, toolResult, tryResponse } from '../../../../lambda/interceptor-kit/testing';
import type { RowScopeStepConfig } from '../../../../lib/contract/interceptor-steps';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import { expectDenied, expectResult } from '../expect-output';

type Rule = RowScopeStepConfig['rules'][number];
const rule = (more: Partial<Rule> = {}): Rule => ({
  tools: ['Claims'],
  rows: 'claims',
  ownerField: 'owner',
  claim: 'username',
  countFields: ['count'],
  exempt: { claim: 'role', values: ['adjuster'] },
  ...more,
});
const MINE = { id: 1, owner: 'ann' };
const OTHERS = { id: 2, owner: 'bob' };
const ANN = { sub: 's', username: 'ann' };

const attempt = (result: JsonObject, claims: JsonObject = ANN, rules = [rule()]) =>
  tryResponse(
    [rowScope({ step: 'row-scope', rules })],
    responseEvent(toolCall('Claims___query'), resultOf(result), { claims }),
  );
const data = (value: JsonValue, claims?: JsonObject, rules?: Rule[]) => attempt(toolResult(value, true), claims, rules);

describe('row scope', () => {
  it('keeps the rows of the caller in every form, and counts them anew', async () => {
    const output = await data({ count: 2, claims: [MINE, OTHERS], page: 1 });
    expectResult(output, toolResult({ count: 1, claims: [MINE], page: 1 }, true));
  });

  it('takes rows without owner, or with another kind of owner, for nobody’s', async () => {
    const inherited = JSON.parse('{"__proto__":{"owner":"ann"}}') as JsonObject;
    const rows = [
      MINE,
      {},
      { owner: ['ann'] },
      { owner: null },
      { Owner: 'ann' },
      { owner: 'ann ' },
      'ann',
      null,
      [MINE],
      inherited,
    ];
    expectResult(await data({ claims: rows }), toolResult({ claims: [MINE] }, true));
  });

  it('leaves a result of own rows to the byte', async () => {
    const result = { content: [{ type: 'text', text: '{ "claims": [ {"owner":"ann","n":12345678901234567890} ] }' }] };
    expectResult(await attempt(result), result);
  });

  it('scopes a result that is the list, or the row', async () => {
    const root = [rule({ rows: '' })];
    expectResult(await data([MINE, OTHERS], ANN, root), toolResult([MINE], true));
    expectResult(await data(MINE, ANN, root), toolResult(MINE, true));
    expectDenied(await data(OTHERS, ANN, root), 'result-withheld');
  });

  it('scopes rows inside of lists', async () => {
    const groups = [
      { name: 'g', claims: [MINE, OTHERS] },
      { name: 'h', claims: [OTHERS] },
    ];
    expectResult(
      await data({ groups }, ANN, [rule({ rows: 'groups.claims' })]),
      toolResult(
        {
          groups: [
            { name: 'g', claims: [MINE] },
            { name: 'h', claims: [] },
          ],
        },
        true,
      ),
    );
  });

  it.each<[string, JsonObject]>([
    ['prose', { content: [{ type: 'text', text: 'Bob has one claim' }] }],
    ['JSON without rows', toolResult({ rows: [OTHERS] })],
    ['rows that are no list', toolResult({ claims: 'bob: 1' })],
    ['an image', { content: [{ type: 'image', data: 'x', mimeType: 'image/png' }] }],
    ['structured content without rows', { content: [], structuredContent: { items: [OTHERS] } }],
    ['a scalar', toolResult('bob')],
  ])('withholds %s', async (_what, result) => {
    expectDenied(await attempt(result), 'result-withheld');
  });

  it('leaves out what is beside the content', async () => {
    const result = { ...toolResult({ claims: [MINE] }), _meta: { debug: OTHERS }, rows: [OTHERS] };
    expectResult(await attempt(result), toolResult({ claims: [MINE] }));
  });

  it('lets empty rows and error texts out', async () => {
    expectResult(await data({ claims: null }), toolResult({ claims: null }, true));
    expectResult(await data({ claims: [] }), toolResult({ claims: [] }, true));
    const failed = { content: [{ type: 'text', text: 'An internal error occurred.' }], isError: true };
    expectResult(await attempt(failed), failed);
  });

  it('takes from errors what a target attached, but not the reason of a denial', async () => {
    const steps = [rowScope({ step: 'row-scope', rules: [rule()] })];
    const failed = (data: JsonObject) => ({ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'failed', data } });
    const answer = async (data: JsonObject) =>
      (await tryResponse(steps, responseEvent(toolCall('Claims___query'), failed(data)))).mcp.transformedGatewayResponse
        ?.body;
    expect(await answer({ rows: [OTHERS] })).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32000, message: 'failed' },
    });
    const denial = { reason: 'not-allowed', requestId: 'r', details: ['a'] };
    expect(await answer({ ...denial, rows: [OTHERS] })).toEqual(failed(denial));
  });

  it('shows everything to exempt callers, and nothing to callers without the claim', async () => {
    const all = { claims: [MINE, OTHERS] };
    expectResult(await data(all, { sub: 's', role: 'adjuster' }), toolResult(all, true));
    expectDenied(await data(all, { sub: 's' }), 'context-unavailable');
    expectDenied(await data(all, { sub: 's', username: '' }), 'context-unavailable');
    expectDenied(await data(all, { sub: 's', username: ['ann'] }), 'context-unavailable');
  });

  it('leaves other tools alone', async () => {
    const result = toolResult({ claims: [OTHERS] });
    const event = responseEvent(toolCall('Notes___read'), resultOf(result));
    expectResult(await tryResponse([rowScope({ step: 'row-scope', rules: [rule()] })], event), result);
  });
});
