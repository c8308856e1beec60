import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OAUTH_USER } from '../../lib/contract/claims';
import type { JsonObject, JsonValue } from '../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../lib/contract/local-arn';
import { authorize } from '../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../lib/policy/decision/policy-set';
import { conditionForm } from '../../lib/policy/schema/condition-form';
import { generateSchema } from '../../lib/policy/schema/schema';
import { findingsOf, policiesOf } from '../policy/subject';

interface Row {
  readonly schema: JsonObject;
  readonly type: string;
  readonly condition: string;
  readonly value: JsonValue;
}

const page = readFileSync(join(__dirname, '../../docs/arguments.md'), 'utf8');

/** Rows whose first cell is a JSON Schema. */
const rows = page.split('\n').flatMap((line): Row[] => {
  if (!line.startsWith('| `{')) return [];
  const [schema = '', type = '', condition = '', value = ''] = line
    .split(' | ')
    .map((cell) => cell.replace(/^\| |^`| \|$/g, '').replace(/^`|`$/g, ''));
  return [{ schema: JSON.parse(schema) as JsonObject, type, condition, value: JSON.parse(value) as JsonValue }];
});

function targetsOf(schema: JsonObject, required: readonly string[] = []) {
  const inputSchema = {
    type: 'object',
    properties: { x: schema },
    required: [...required],
    $defs: { Region: { type: 'string' } },
  };
  return [{ name: 'T', kind: 'mcp-server' as const, tools: [{ name: 't', description: '', inputSchema }] }];
}

function policyText(condition: string): string {
  return `permit(principal is ${OAUTH_USER}, action == AgentCore::Action::"T___t", resource == ?resource) when { principal.hasTag("a") && ${condition} };`;
}

function outcome({ schema, condition }: Row, input: JsonObject) {
  const [mode, gatewayArn] = ['ENFORCE', LOCAL_GATEWAY_ARN] as const;
  const set = preparePolicySet({
    policies: policiesOf(policyText(condition)),
    targets: targetsOf(schema),
    mode,
    gatewayArn,
  });
  const principal = { type: OAUTH_USER, id: 'u', tags: { a: '1' } } as const;
  return authorize(set, { principal, tool: 'T___t', input, now: new Date('2026-11-29T00:00:00Z') });
}

/** The type of `x` as Cedar prints it, in one line. */
function typeOf(schema: JsonObject): string {
  const { text, tools } = generateSchema(targetsOf(schema));
  const type = tools.get('T___t')?.input.attributes.get('x')?.type;
  if (type?.kind === 'tagged') return `an entity with tags \`${/tags (\w+)/.exec(text)?.[1]}`;
  const [, printed = ''] = /"?x"?\?: ([\s\S]*?)\n?\};/.exec(text.slice(text.indexOf('T___t_Input ='))) ?? [];
  return printed
    .replace(/\s+/g, ' ')
    .replace(/\{ /g, '{')
    .replace(/,? ?\}/g, '}')
    .trim()
    .replace(/,$/, '');
}

describe('docs/arguments.md', () => {
  it('has a row for each form', () => {
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows)('says what Cedar sees of $schema', ({ schema, type }) => {
    expect(typeOf(schema).replace('AgentCore::', '')).toBe(type.replace('AgentCore::', ''));
  });

  it.each(rows)('has a condition for $schema that is valid and holds: $condition', (row) => {
    const found = findingsOf(policyText(row.condition), { targets: targetsOf(row.schema) });
    expect(found.filter(({ code, severity }) => severity === 'error' && code !== 'POLICY_ENUM_UNVERIFIED')).toEqual([]);
    const decision = outcome(row, { x: row.value });
    expect([decision.outcome, decision.errors]).toEqual(['ALLOW', []]);
    expect(outcome(row, {}).outcome).toBe('DENY');
    expect(outcome(row, { x: null }).outcome).toBe('DENY');
  });

  it.each(rows)('agrees for $schema with the form that findings name', ({ schema }) => {
    const attribute = generateSchema(targetsOf(schema)).tools.get('T___t')?.input.attributes.get('x');
    if (attribute === undefined) throw new Error('no x');
    const form = conditionForm([{ name: 'x', optional: !attribute.required }], attribute.type);
    const found = findingsOf(policyText(form ?? ''), { targets: targetsOf(schema) });
    expect(found.filter(({ code, severity }) => severity === 'error' && code !== 'POLICY_ENUM_UNVERIFIED')).toEqual([]);
  });

  it('leaves null out of required arguments too', () => {
    const { tools } = generateSchema(targetsOf({ type: ['string', 'null'] }, ['x']));
    expect(tools.get('T___t')?.input.attributes.get('x')?.required).toBe(false);
  });
});
