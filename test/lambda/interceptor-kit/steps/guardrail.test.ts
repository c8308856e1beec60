import { describe, expect, it } from 'vitest';
import {
  type GuardrailRequest,
  type GuardrailVerdict,
  verdictOf,
} from '../../../../lambda/interceptor-kit/sdk/bedrock-guardrail';
import { guardrail } from '../../../../lambda/interceptor-kit/steps/guardrail';
import {
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolResult,
  tryRequest,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../../../lib/contract/json';
import type { GuardrailConfig } from '../../../../lib/contract/steps/guardrail';
import { expectDenied, expectPassed, expectResult } from '../expect-output';

function trial(verdict: (texts: readonly string[]) => GuardrailVerdict, more: Partial<GuardrailConfig> = {}) {
  const asked: GuardrailRequest[] = [];
  const config: GuardrailConfig = {
    tools: ['Notes'],
    guardrailVariable: 'ID',
    versionVariable: 'VERSION',
    inputs: 'mask',
    outputs: 'mask',
    maxCharacters: 100,
    ...more,
  };
  const apply = async (request: GuardrailRequest) => {
    asked.push(request);
    return verdict(request.texts);
  };
  return { asked, step: guardrail(config, { apply, environment: { ID: 'g-1', VERSION: '2' } }) };
}

const pass = (): GuardrailVerdict => ({ action: 'none', texts: [] });
const block = (): GuardrailVerdict => ({ action: 'blocked', texts: [] });
const mask = (texts: readonly string[]): GuardrailVerdict => ({
  action: 'masked',
  texts: texts.map((text) => text.replace('bob', '{NAME}')),
});
const CALL = toolCall('Notes___write', { text: 'for bob', list: ['bob', 'bob', ''], n: 1 });
const RESULT = { ...toolResult({ by: 'bob' }, true), _meta: { x: 'bob 2' } };

describe('guardrail', () => {
  it('judges every text once, and lets pass what it passes', async () => {
    const { step, asked } = trial(pass);
    expectPassed(await tryRequest([step], requestEvent(CALL)), CALL);
    expect(asked).toEqual([
      { id: 'g-1', version: '2', source: 'INPUT', texts: ['text', 'for bob', 'list', 'bob', 'n'] },
    ]);
    expectResult(await tryResponse([step], responseEvent(CALL, resultOf(RESULT))), RESULT);
    expect(asked[1]).toMatchObject({ source: 'OUTPUT', texts: ['by', 'bob', 'x', 'bob 2'] });
  });

  it('masks arguments and results in every form', async () => {
    const { step } = trial(mask);
    expectPassed(
      await tryRequest([step], requestEvent(CALL)),
      toolCall('Notes___write', { text: 'for {NAME}', list: ['{NAME}', '{NAME}', ''], n: 1 }),
    );
    expectResult(await tryResponse([step], responseEvent(CALL, resultOf(RESULT))), {
      ...toolResult({ by: '{NAME}' }, true),
      _meta: { x: '{NAME} 2' },
    });
    const prose = { content: [{ type: 'text', text: 'ask bob' }] };
    expectResult(await tryResponse([step], responseEvent(CALL, resultOf(prose))), {
      content: [{ type: 'text', text: 'ask {NAME}' }],
    });
  });

  it('denies what it blocks', async () => {
    const { step } = trial(block);
    expectDenied(await tryRequest([step], requestEvent(CALL)), 'guardrail-input');
    expectDenied(await tryResponse([step], responseEvent(CALL, resultOf(RESULT))), 'guardrail-output');
  });

  it('blocks what it would mask when masking is not wanted, or does not add up', async () => {
    const strict = trial(mask, { inputs: 'block', outputs: 'block' });
    expectDenied(await tryRequest([strict.step], requestEvent(CALL)), 'guardrail-input');
    expectDenied(await tryResponse([strict.step], responseEvent(CALL, resultOf(RESULT))), 'guardrail-output');
    const short = trial(() => ({ action: 'masked', texts: ['only one'] }));
    expectDenied(await tryRequest([short.step], requestEvent(CALL)), 'guardrail-input');
  });

  it('denies what is too long to judge, and what cannot be judged', async () => {
    expectDenied(await tryRequest([trial(pass, { maxCharacters: 9 }).step], requestEvent(CALL)), 'guardrail-input');
    const failing = trial(() => {
      throw new Error('ThrottlingException');
    });
    expectDenied(await tryRequest([failing.step], requestEvent(CALL)), 'step-failed');
    const config = {
      step: 'guardrail',
      tools: ['*'],
      guardrailVariable: 'A',
      versionVariable: 'B',
      inputs: 'block',
      outputs: 'block',
      maxCharacters: 100,
    } as const;
    const unset = guardrail(config, { environment: {} });
    expectDenied(await tryRequest([unset], requestEvent(CALL)), 'step-failed');
  });

  it.each<[string, JsonObject]>([
    ['the name of an argument', { bob: 1 }],
    ['a name inside', { list: [{ ' bob ': 1 }] }],
    ['JSON in a text', { text: '{"a":"\\u0062ob"}' }],
    ['JSON in JSON', { text: JSON.stringify(JSON.stringify({ a: 'bob' })) }],
    ['the first of two members of a name', { text: '{"a":"bob","a":"ok"}' }],
  ])('judges %s', async (_what, args) => {
    const { step } = trial((texts) => ({
      action: texts.some((text) => text.includes('bob')) ? 'blocked' : 'none',
      texts: [],
    }));
    expectDenied(await tryRequest([step], requestEvent(toolCall('Notes___write', args))), 'guardrail-input');
    const answer = resultOf({ content: [{ type: 'text', text: JSON.stringify(args) }] });
    expectDenied(await tryResponse([step], responseEvent(CALL, answer)), 'guardrail-output');
  });

  it('lets no value on that a repeated name hides', async () => {
    const { step } = trial(pass);
    const twice = resultOf({ content: [{ type: 'text', text: '{"a":"bob","a":"ok"}' }] });
    expectResult(await tryResponse([step], responseEvent(CALL, twice)), {
      content: [{ type: 'text', text: '{"a":"ok"}' }],
    });
  });

  it('judges errors, their data included', async () => {
    const error = { code: -32000, message: 'no bob', data: { who: ['bob'] } };
    const { step, asked } = trial(mask);
    const output = await tryResponse([step], responseEvent(CALL, { jsonrpc: '2.0', id: 1, error }));
    expect(asked[0]).toMatchObject({ texts: ['no bob', 'who', 'bob'] });
    expect(JSON.stringify(output)).not.toContain('bob');
  });

  it('asks nothing where there is nothing to judge', async () => {
    const { step, asked } = trial(block);
    expectPassed(await tryRequest([step], requestEvent(toolCall('Notes___write', {}))));
    expectPassed(await tryRequest([step], requestEvent(toolCall('Other___tool', { a: 'bob' }))));
    const ignoring = trial(block, { inputs: 'ignore', outputs: 'ignore' });
    expectPassed(await tryRequest([ignoring.step], requestEvent(CALL)));
    expectResult(await tryResponse([ignoring.step], responseEvent(CALL, resultOf(RESULT))), RESULT);
    expect([...asked, ...ignoring.asked]).toEqual([]);
  });
});

// Covers interceptor.guardrail
describe('verdictOf', () => {
  const assessments = (...actions: string[]) =>
    [{ sensitiveInformationPolicy: { piiEntities: actions.map((action) => ({ action })) } }] as never;

  it.each([
    ['NONE', assessments(), 'none'],
    ['GUARDRAIL_INTERVENED', assessments('ANONYMIZED'), 'masked'],
    ['GUARDRAIL_INTERVENED', assessments('ANONYMIZED', 'NONE'), 'masked'],
    ['GUARDRAIL_INTERVENED', assessments('ANONYMIZED', 'BLOCKED'), 'blocked'],
    ['GUARDRAIL_INTERVENED', [{ topicPolicy: { topics: [{ action: 'BLOCKED' }] } }] as never, 'blocked'],
    ['GUARDRAIL_INTERVENED', assessments('SOMETHING_NEW'), 'blocked'],
    ['GUARDRAIL_INTERVENED', undefined, 'blocked'],
    ['SOMETHING_NEW', undefined, 'blocked'],
  ] as const)('reads %s with %j as %s', (action, found, expected) => {
    const verdict = verdictOf({ action: action as never, outputs: [{ text: 'a' }], assessments: found });
    expect(verdict.action).toBe(expected);
    expect(verdict.texts).toEqual(expected === 'masked' ? ['a'] : []);
  });
});
