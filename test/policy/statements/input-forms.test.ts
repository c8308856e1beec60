import { describe, expect, it } from 'vitest';
import { principalFromClaims } from '../../../lib/contract/claims';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { claim } from '../../../lib/policy/statements/claim';
import type { PolicyCondition } from '../../../lib/policy/statements/expression';
import { input } from '../../../lib/policy/statements/input';
import { permit } from '../../../lib/policy/statements/policy-statement';
import { ToolAction } from '../../../lib/policy/statements/tool-action';
import { findingsOf, NOW, policiesOf } from '../subject';

const x = input('x');
const text = { type: 'string' };
const nothing = { type: 'null' };

function schemaOf(schema: JsonObject, required: readonly string[] = []): JsonObject {
  return { type: 'object', properties: { x: schema }, required: [...required] };
}

function statement(schema: JsonObject, condition: PolicyCondition): string {
  const action = new ToolAction('T', 't', schema);
  return permit({ actions: [action], when: claim('a').exists().and(condition) }).toCedar();
}

function outcomes(schema: JsonObject, condition: PolicyCondition, values: readonly JsonValue[]): string[] {
  const inputSchema = schemaOf(schema);
  const targets = [{ name: 'T', tools: [{ name: 't', description: '', inputSchema }] }];
  const cedar = statement(inputSchema, condition);
  expect(findingsOf(cedar, { targets }).filter(({ severity }) => severity === 'error')).toEqual([]);
  const [mode, gatewayArn] = ['ENFORCE', LOCAL_GATEWAY_ARN] as const;
  const set = preparePolicySet({ policies: policiesOf(cedar), targets, mode, gatewayArn });
  const principal = principalFromClaims({ sub: 'u', a: '1' });
  return values.map((value) => authorize(set, { principal, tool: 'T___t', input: { x: value }, now: NOW }).outcome);
}

describe('conditions on arguments of several types', () => {
  it.each<[string, JsonObject, PolicyCondition, string]>([
    [
      'a string or null',
      { anyOf: [text, nothing] },
      x.equals('EU'),
      'context.input has x.typeChoice0 && context.input.x.typeChoice0 == "EU"',
    ],
    [
      'null or a string',
      { type: ['null', 'string'] },
      x.isOneOf(['EU']),
      'context.input has x.typeChoice1 && ["EU"].contains(context.input.x.typeChoice1)',
    ],
    [
      'two kinds of numbers',
      { anyOf: [{ type: 'integer' }, { type: 'number' }, nothing] },
      x.atMost('5'),
      '((context.input has x.typeChoice0 && context.input.x.typeChoice0 <= 5) || (context.input has x.typeChoice1 && context.input.x.typeChoice1.lessThanOrEqual(decimal("5.0"))))',
    ],
    [
      'several types within several',
      { anyOf: [{ anyOf: [text, nothing] }, { type: 'boolean' }] },
      x.equals('EU'),
      'context.input has x.typeChoice0.typeChoice0 && context.input.x.typeChoice0.typeChoice0 == "EU"',
    ],
    ['presence alone', { anyOf: [text, nothing] }, x.exists(), 'context.input has x'],
  ])('are written for %s', (_, schema, condition, expected) => {
    expect(statement(schemaOf(schema), condition).replace(/\s+/g, ' ')).toContain(`&& ${expected} };`);
  });

  it('ask for the argument although the tool requires it, when it may be null', () => {
    expect(statement(schemaOf({ type: ['string', 'null'] }, ['x']), x.equals('EU'))).toContain('has x.typeChoice0');
  });

  it('hold for the values that they name', () => {
    expect(outcomes({ type: ['string', 'null'] }, x.equals('EU'), ['EU', 'US', null])).toEqual([
      'ALLOW',
      'DENY',
      'DENY',
    ]);
    const numbers = { type: ['integer', 'number', 'null'] };
    expect(outcomes(numbers, x.atMost('5'), [5, 5.5, 4.5, 6, null])).toEqual([
      'ALLOW',
      'DENY',
      'ALLOW',
      'DENY',
      'DENY',
    ]);
    const list = { anyOf: [{ type: 'array', items: text }, nothing] };
    expect(outcomes(list, x.contains('a'), [['a'], ['b'], [], null])).toEqual(['ALLOW', 'DENY', 'DENY', 'DENY']);
    const nullable = { anyOf: [{ type: 'string', format: 'date-time' }, nothing] };
    expect(
      outcomes(nullable, x.before('2026-06-01'), ['2026-01-01T00:00:00+01:00', '2027-01-01', null, 'soon']),
    ).toEqual(['ALLOW', 'DENY', 'DENY', 'ERROR']);
    const address = { type: 'string', format: 'ipv4' };
    expect(outcomes(address, x.isInNetwork('10.0.0.0/8'), ['10.1.2.3', '11.1.2.3', '::ffff:10.1.2.3'])).toEqual([
      'ALLOW',
      'DENY',
      'ALLOW',
    ]);
    expect(outcomes({ type: 'string', format: 'date' }, x.from('2026-06-01'), ['2026-06-01', '2026-05-31'])).toEqual([
      'ALLOW',
      'DENY',
    ]);
  });

  it.each<[string, () => string]>([
    ['STATEMENT_ARGUMENT_TYPE', () => statement(schemaOf({ type: ['string', 'null'] }), x.lessThan('5'))],
    ['STATEMENT_ARGUMENT_TYPE', () => statement(schemaOf({ allOf: [text] }), x.equals('5'))],
    ['STATEMENT_ARGUMENT_TYPE', () => statement(schemaOf(text), x.before('2026-01-01'))],
    [
      'STATEMENT_NETWORK_INVALID',
      () => statement(schemaOf({ type: 'string', format: 'ipv4' }), x.isInNetwork('10.0.0')),
    ],
    [
      'STATEMENT_ARGUMENT_DIFFERS',
      () => {
        const other = new ToolAction('T', 'u', schemaOf({ type: ['string', 'null'] }));
        return permit({ actions: [new ToolAction('T', 't', schemaOf(text)), other], when: x.equals('a') }).toCedar();
      },
    ],
  ])('%s', (code, make) => {
    expect(make).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code })] }));
  });
});
