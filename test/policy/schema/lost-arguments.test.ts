import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { generateSchema } from '../../../lib/policy/schema/schema';
import { callOf, policiesOf } from '../subject';

const text = { type: 'string' };
const part = { properties: { b: text } };

function targetsOf(inputSchema: JsonObject) {
  return [{ name: 'T', tools: [{ name: 't', description: '', inputSchema }] }];
}

function found(inputSchema: JsonObject): string[] {
  return generateSchema(targetsOf(inputSchema)).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

/** What becomes of a call that every policy allows. */
function outcome(inputSchema: JsonObject, input: JsonObject): string {
  const policies = policiesOf(
    '@validation("IGNORE_ALL_FINDINGS") permit(principal, action, resource is AgentCore::Gateway);',
  );
  const set = preparePolicySet({
    policies,
    targets: targetsOf(inputSchema),
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
  return authorize(set, callOf(input, {}, 'T___t')).outcome;
}

describe('arguments that the tool takes and Cedar does not know', () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    [
      'an object without members',
      { type: 'object', properties: { a: { type: 'object' } } },
      { a: { k: 1 } },
      'OPEN `a`',
    ],
    [
      'an open object',
      { type: 'object', properties: { a: { type: 'object', additionalProperties: true } } },
      { a: { k: 1 } },
      'OPEN `a`',
    ],
    [
      'one in an array',
      { type: 'object', properties: { a: { type: 'array', items: { type: 'object' } } } },
      { a: [{ k: 1 }] },
      'OPEN `a.*`',
    ],
    [
      'one behind a reference',
      { type: 'object', properties: { a: { $ref: '#/$defs/O' } }, $defs: { O: { type: 'object' } } },
      { a: { k: 1 } },
      'OPEN `a`',
    ],
    ['a map of arguments', { type: 'object', additionalProperties: text }, { k: 'v' }, 'OPEN `arguments`'],
    [
      'a name of `required` alone',
      { type: 'object', properties: { a: text }, required: ['b'] },
      { b: 'v' },
      'HIDDEN `b`',
    ],
    ['`anyOf` beside properties', { type: 'object', properties: { a: text }, anyOf: [part] }, { b: 'v' }, 'HIDDEN `b`'],
    [
      '`allOf` with a reference',
      { type: 'object', properties: {}, allOf: [{ $ref: '#/$defs/P' }], $defs: { P: part } },
      { b: 'v' },
      'HIDDEN `b`',
    ],
    ['a reference of the whole', { type: 'object', $ref: '#/$defs/P', $defs: { P: part } }, { b: 'v' }, 'HIDDEN `b`'],
    [
      'a member of an object',
      { type: 'object', properties: { a: { type: 'object', properties: { c: text }, oneOf: [part] } } },
      { a: { b: 'v' } },
      'HIDDEN `a.b`',
    ],
  ])('are found in %s, and deny the call', (_, schema, input, expected) => {
    const [kind, name] = expected.split(' ');
    const findings = found(schema);
    expect(findings.length).toBe(1);
    expect(findings[0]).toContain(`SCHEMA_ARGUMENT_${kind} `);
    expect(findings[0]).toContain(name);
    expect(outcome(schema, input)).toBe('ERROR');
  });

  // Covers assumed.untyped-arguments
  it.each<[string, JsonObject, JsonObject]>([
    ['a tool without arguments', { type: 'object' }, {}],
    [
      'an object that is closed',
      { type: 'object', properties: { a: { type: 'object', additionalProperties: false } } },
      { a: {} },
    ],
    ['a map', { type: 'object', properties: { a: { type: 'object', additionalProperties: text } } }, { a: { k: 'v' } }],
    [
      'declared members',
      { type: 'object', properties: { a: text, b: text }, anyOf: [{ required: ['a'] }, part] },
      { b: 'v' },
    ],
    ['a value without type', { type: 'object', properties: { a: { properties: { b: text } } } }, { a: { z: 1 } }],
  ])('are not found in %s', (_, schema, input) => {
    expect(found(schema)).toEqual([]);
    expect(outcome(schema, input)).toBe('ALLOW');
  });

  it('end on schemas that lead around in circles', () => {
    const schema = { type: 'object', properties: { a: { $ref: '#/$defs/A' } }, $defs: { A: { $ref: '#/$defs/A' } } };
    expect(found(schema)[0]).toContain('SCHEMA_TOOL_INVALID');
  });

  it('are no findings where they are dropped', () => {
    const open = targetsOf({ type: 'object', properties: { a: { type: 'object' } } });
    expect(generateSchema(open, { unknownArguments: 'drop' }).diagnostics).toEqual([]);
  });
});
