import { describe, expect, it } from 'vitest';
import { audit, proceed, type Step, trustedContext } from '../../../../lambda/interceptor-kit';
import {
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolListings,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import type { AuditRecord } from '../../../../lib/contract/audit-record';
import { PROOF_ARGUMENT, proofOf } from '../../../../lib/contract/interceptor-proof';
import type { JsonObject } from '../../../../lib/contract/json';
import type { DeclaredTrustedField } from '../../../../lib/contract/trusted-context';
import { expectDenied, expectPassed, expectResult } from '../expect-output';

const TOOL = 'Claims___query';
const PROOF = proofOf('value', 'fingerprint');
const FIELDS: readonly DeclaredTrustedField[] = [
  { name: 'region', type: 'string', description: '', source: { kind: 'constant', value: 'EU' }, tools: [TOOL] },
  {
    name: PROOF_ARGUMENT,
    type: 'string',
    description: '',
    source: { kind: 'proof', secretVariable: 'SECRET', fingerprint: 'fingerprint' },
    tools: [TOOL],
  },
];

const environment = { SECRET: 'arn:of:secret' };
const secret = async (): Promise<string> => 'value';
const config = {
  step: 'trusted-context',
  fields: FIELDS,
  onSpoof: 'overwrite',
  tools: [TOOL, 'Claims___ping'],
} as const;
const step = (dependencies: object = {}) => trustedContext(config, { environment, secret, ...dependencies });

const CALLER = { claims: { sub: 'ann' } };
const argumentsOf = (body: JsonObject): unknown => (body['params'] as JsonObject)['arguments'];

describe('the proof, before the call', () => {
  it('goes out with a call of a tool that asks for it, whatever the client sent for it, and with no other', async () => {
    const sent: readonly JsonObject[] = [
      { id: 'c-1' },
      { id: 'c-1', [PROOF_ARGUMENT]: 'forged' },
      { id: 'c-1', [PROOF_ARGUMENT]: PROOF },
    ];
    for (const args of sent) {
      const output = await tryRequest([step()], requestEvent(toolCall(TOOL, args), CALLER));
      expect(argumentsOf(expectPassed(output))).toEqual({ id: 'c-1', region: 'EU', [PROOF_ARGUMENT]: PROOF });
    }
    const ping = toolCall('Claims___ping', { [PROOF_ARGUMENT]: 'forged' });
    expect(argumentsOf(expectPassed(await tryRequest([step()], requestEvent(ping, CALLER))))).toEqual({});
    // A chain that forgot its configured steps proves nothing, and passes no proof of the client's.
    const bare = await tryRequest([], requestEvent(toolCall(TOOL, { [PROOF_ARGUMENT]: PROOF }), CALLER));
    expect(argumentsOf(expectPassed(bare))).toEqual({});
  });

  it('is seen by no step, before or after, and by no observer', async () => {
    const seen: string[] = [];
    const spy: Step = {
      name: 'spy',
      request: (call) => {
        seen.push(JSON.stringify(call));
        return proceed(call.kind === 'tools/call' ? { arguments: { ...call.arguments, added: true } } : undefined);
      },
      response: (result) => {
        seen.push(JSON.stringify(result));
        return proceed();
      },
      observe: (conclusion) => void seen.push(JSON.stringify(conclusion)),
    };
    const chain = [spy, step(), spy];
    const output = await tryRequest(chain, requestEvent(toolCall(TOOL, {}), CALLER));
    expect(argumentsOf(expectPassed(output))).toEqual({ added: true, region: 'EU', [PROOF_ARGUMENT]: PROOF });
    const answered = toolCall(TOOL, { [PROOF_ARGUMENT]: PROOF });
    await tryResponse(chain, responseEvent(answered, resultOf(toolResult({ rows: [] })), CALLER));
    expect(seen).toHaveLength(8);
    expect(seen.join()).not.toContain(PROOF);
    expect(seen.join()).not.toContain(PROOF_ARGUMENT);
  });

  it('denies when the secret cannot be read, is not named, or does not come in time, and tries again', async () => {
    let reads = 0;
    const failing = async (): Promise<string> => {
      reads++;
      throw new Error('AccessDenied');
    };
    const event = requestEvent(toolCall(TOOL), CALLER);
    const chain = [step({ secret: failing })];
    expectDenied(await tryRequest(chain, event), 'step-failed');
    expectDenied(await tryRequest(chain, event), 'step-failed');
    expect(reads).toBe(2);
    expectDenied(await tryRequest([step({ environment: {} })], event), 'step-failed');
    const never = () => new Promise<string>(() => {});
    expectDenied(await tryRequest([step({ secret: never })], event, { timeLeftMs: 1_050 }), 'step-timeout');
  });

  it('remembers the value for five minutes, and is read once for calls at the same time', async () => {
    const values = ['first', 'second'];
    const chain = [step({ secret: async () => values.shift() ?? 'none' })];
    const at = async (ms: number): Promise<unknown> =>
      argumentsOf(expectPassed(await tryRequest(chain, requestEvent(toolCall(TOOL), CALLER), { now: new Date(ms) })));
    const first = { region: 'EU', [PROOF_ARGUMENT]: proofOf('first', 'fingerprint') };
    expect(await Promise.all([at(0), at(0), at(299_999)])).toEqual([first, first, first]);
    expect(await at(300_000)).toEqual({ region: 'EU', [PROOF_ARGUMENT]: proofOf('second', 'fingerprint') });
  });

  it('is another one when the secret or what the interceptor does is another', () => {
    const proofs = [proofOf('a', 'f'), proofOf('b', 'f'), proofOf('a', 'g')];
    expect(new Set(proofs).size).toBe(3);
    expect(proofs.join()).not.toMatch(/[^ggp_0-9a-f,]/);
  });
});

describe('the proof, on the answer', () => {
  const call = toolCall(TOOL, { [PROOF_ARGUMENT]: PROOF });
  const answer = (body: JsonObject) => tryResponse([step()], responseEvent(call, body, CALLER));

  it('is in no form of a result, an error or a name', async () => {
    const echoes: JsonObject[] = [
      toolResult({ event: { [PROOF_ARGUMENT]: PROOF, id: 1 } }, true),
      toolResult({ text: `unexpected argument ${PROOF} in call`, [PROOF]: 1 }),
      {
        content: [{ type: 'text', text: `ValidationError: ${PROOF_ARGUMENT}=${PROOF.slice(0, 20)}...` }],
        isError: true,
      },
      { content: [{ type: 'resource', resource: { uri: `a://${PROOF}`, text: PROOF } }], _meta: { debug: [PROOF] } },
    ];
    for (const result of echoes) {
      const shown = JSON.stringify(expectResult(await answer(resultOf(result))));
      expect(shown).not.toMatch(/ggp_/);
    }
    const error = { jsonrpc: '2.0', id: 1, error: { code: -32603, message: `bad ${PROOF}`, data: { sent: PROOF } } };
    expect(JSON.stringify((await answer(error)).mcp)).not.toMatch(/ggp_/);
  });

  it('is in no list and no search result, and neither are tools that the gateway was not checked with', async () => {
    const inputSchema = {
      type: 'object',
      properties: { id: { type: 'string' }, [PROOF_ARGUMENT]: { type: 'string' } },
    };
    const tools = [
      { name: TOOL, inputSchema },
      { name: 'Claims___gained', inputSchema: { type: 'object' } },
      { name: 'x_amz_bedrock_agentcore_search', inputSchema: { type: 'object' } },
    ];
    for (const { request, result } of toolListings(tools)) {
      const output = await tryResponse([step()], responseEvent(request, resultOf(result), CALLER));
      const shown = JSON.stringify(expectResult(output));
      expect(shown).toContain(TOOL);
      expect(shown).toContain('x_amz_bedrock_agentcore_search');
      expect(shown).not.toContain(PROOF_ARGUMENT);
      expect(shown).not.toContain('gained');
    }
  });

  it('is in no audit record, which hashes what the client can have sent', async () => {
    const lines: string[] = [];
    const step = audit(
      {
        points: 'both',
        claims: [],
        arguments: [{ tools: ['*'], names: ['id', PROOF_ARGUMENT] }],
        onDeliveryFailure: 'log',
      },
      { write: (line: string) => void lines.push(line) },
    );
    const proven = responseEvent(
      toolCall(TOOL, { id: 'c', [PROOF_ARGUMENT]: PROOF }),
      resultOf({ content: [] }),
      CALLER,
    );
    const plain = responseEvent(toolCall(TOOL, { id: 'c' }), resultOf({ content: [] }), CALLER);
    await tryResponse([step], proven);
    await tryResponse([step], plain);
    expect(lines.join()).not.toMatch(/ggp_/);
    const hashes = lines.map((line) => (JSON.parse(line) as AuditRecord).what.argumentsHash);
    expect(hashes[0]).toMatch(/[0-9a-f]{64}/);
    expect(hashes[0]).toEqual(hashes[1]);
  });
});

describe('a tool that the gateway was not checked with', () => {
  it('is unknown, however it is spelled', async () => {
    for (const name of ['Claims___gained', 'Other___tool', 'claims___QUERY']) {
      expectDenied(await tryRequest([step()], requestEvent(toolCall(name), CALLER)), 'unknown-tool');
    }
    const search = toolCall('x_amz_bedrock_agentcore_search', { query: 'claims' });
    expectPassed(await tryRequest([step()], requestEvent(search, CALLER)), search);
  });
});
