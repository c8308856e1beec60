import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denialBody, denialOf } from '../../../../lambda/interceptor-kit/message/denial';
import { rowScope } from '../../../../lambda/interceptor-kit/steps/row-scope';
import { responseEvent, resultOf, toolCall, toolResult, tryResponse } from '../../../../lambda/interceptor-kit/testing';
import { failure, type ToolFailure } from '../../../../lambda/tool-kit/tool-result';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import type { RowScopeConfig } from '../../../../lib/contract/steps/row-scope';
import { runs } from '../../../runs';
import { expectDenied, expectResult } from '../expect-output';

type Rule = RowScopeConfig['rules'][number];
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
  tryResponse([rowScope({ rules })], responseEvent(toolCall('Claims___query'), resultOf(result), { claims }));
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

  const overTheWire = (value: ToolFailure): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

  it.each<[string, JsonValue]>([
    ['of arguments', overTheWire(failure('INVALID_ARGUMENTS', 'r', [{ path: 'claim_id', message: 'too short' }]))],
    ['of the kit', overTheWire(failure('FAILED', 'r'))],
    ['of the tool', { error: { code: 'CLAIM_NOT_FOUND', message: 'there is no such claim', requestId: 'r' } }],
  ])('lets a failure %s out, wherever the rows would be', async (_what, value) => {
    for (const rules of [[rule()], [rule({ rows: '' })], [rule({ rows: 'groups.claims' })], [rule(), rule()]]) {
      expectResult(await data(value, ANN, rules), toolResult(value, true));
      const failed = { ...toolResult(value), isError: true };
      expectResult(await attempt(failed, ANN, rules), failed);
    }
  });

  it('takes a failure with rows in it for a result', async () => {
    const failed = { error: { code: 'PARTIAL', message: 'some are missing', requestId: 'r' } };
    for (const value of [
      { ...failed, rows: [OTHERS] },
      { error: { ...failed.error, data: [OTHERS] } },
      { error: { ...failed.error, message: { rows: [OTHERS] } } },
      { error: { ...failed.error, issues: [{ path: '', message: '', row: OTHERS }] } },
      { error: { ...failed.error, issues: OTHERS } },
      { error: [failed.error] },
      { error: { code: 'NO_REQUEST', message: 'm' } },
      [failed],
      JSON.parse('{"error":{"code":"a","message":"b","requestId":"c","__proto__":{"rows":[1]}}}') as JsonObject,
    ]) {
      expectDenied(await data(value), 'result-withheld');
    }
    expectResult(await data({ ...failed, claims: [MINE, OTHERS] }), toolResult({ ...failed, claims: [MINE] }, true));
    expectDenied(await data(failed, ANN, [rule({ rows: 'error.message' })]), 'result-withheld');
  });

  it('lets nothing of other owners out with an error but its text', async () => {
    const text = { content: [{ type: 'text', text: 'Tool Execution Denied' }], isError: true };
    expectResult(await attempt({ ...text, _meta: { rows: [OTHERS] }, rows: [OTHERS] }), text);
    expectResult(await attempt(text, { sub: 's' }), text);
    expectDenied(await attempt({ ...text, structuredContent: { rows: [OTHERS] } }), 'result-withheld');
    expectDenied(await attempt({ ...toolResult({ rows: [OTHERS] }), isError: true }), 'result-withheld');
    const partial = (claims: JsonValue[]): JsonObject => ({ ...toolResult({ claims }), isError: true });
    expectResult(await attempt(partial([MINE, OTHERS])), partial([MINE]));
    expectResult(await attempt(partial([MINE, { owner: '' }, {}]), { sub: 's' }), partial([]));
  });

  it('never shows a row of another owner in anything that only looks like a failure', async () => {
    const row = fc.constant<JsonValue>({ ...OTHERS, secret: 'bobs-secret' });
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        row,
        fc.constantFrom<JsonValue>('text', 1, true, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom('error', 'code', 'message', 'requestId', 'issues', 'path', 'owner', '__proto__'),
          tie('value'),
          { maxKeys: 5 },
        ) as fc.Arbitrary<JsonValue>,
        fc.record({ error: fc.record({ code: tie('value'), message: tie('value'), requestId: tie('value') }) }),
        fc
          .tuple(fc.constantFrom('error', 'data', 'issues', 'requestId'), tie('value'))
          .map(([name, more]): JsonObject => ({ error: { code: 'A', message: 'm', requestId: 'r', [name]: more } })),
      ) as fc.Arbitrary<JsonValue>,
    }));
    const paths = fc.constantFrom('', 'claims', 'groups.claims');
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(value, fc.boolean(), fc.boolean(), paths, async (found, isError, structured, rows) => {
        const output = await attempt({ ...toolResult(found, structured), isError }, ANN, [rule({ rows })]);
        const text = JSON.stringify(output);
        if (text.includes('"result"')) shown++;
        expect(text).not.toContain('bobs-secret');
      }),
      runs(1_000),
    );
    expect(shown).toBeGreaterThan(100);
  });

  it('takes from errors what a target attached, but not the reason of a denial', async () => {
    const steps = [rowScope({ rules: [rule()] })];
    const failed = (data: JsonObject) => ({ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'failed', data } });
    const answer = async (data: JsonObject) =>
      (await tryResponse(steps, responseEvent(toolCall('Claims___query'), failed(data)))).mcp.transformedGatewayResponse
        ?.body;
    expect(await answer({ rows: [OTHERS] })).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32000, message: 'failed' },
    });
    // What only looks like the kit's own reason is a target's.
    const forged: JsonObject[] = [{ reason: 'not-allowed', requestId: 'r' }, { reason: OTHERS }, { details: [OTHERS] }];
    for (const more of forged) {
      expect(await answer({ ...more, rows: [OTHERS] })).toEqual(await answer({}));
    }
    const denial = denialBody(1, denialOf('not-allowed'), 'r');
    expect(
      (await tryResponse(steps, responseEvent(toolCall('Claims___query'), denial))).mcp.transformedGatewayResponse
        ?.body,
    ).toEqual(denial);
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
    expectResult(await tryResponse([rowScope({ rules: [rule()] })], event), result);
  });
});

describe('row scope, places to hide', () => {
  const own = { type: 'text', text: JSON.stringify({ claims: [MINE] }) };
  const others = 'OTHERS';

  it.each<[string, JsonObject]>([
    ['a list that comes twice', { content: [{ type: 'text', text: `{"claims":["${others}"],"claims":[]}` }] }],
    ['metadata of a text', { content: [{ ...own, _meta: { rows: [others] } }] }],
    ['a text beside content', { content: [own], note: others }],
    ['a content that is no list', { content: others }],
    ['bytes beside a text', { content: [{ type: 'resource', resource: { uri: 'u', text: own.text, blob: others } }] }],
  ])('lets nothing of others out in %s', async (_where, result) => {
    expect(JSON.stringify(await attempt(result))).not.toContain(others);
  });
});
