import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../lib/contract/json';
import { respelled } from './lexical-forms';
import { PAY } from './subject';

const quoted = (name: string): string => `AgentCore::Action::"${name}"`;
const LIST = 'hr-payroll___list';

const principal = fc.constantFrom(
  'principal',
  'principal is AgentCore::OAuthUser',
  'principal is AgentCore::IamEntity',
  'principal == AgentCore::OAuthUser::"user-1"',
  'principal in AgentCore::OAuthUser::"user-2"',
);

const action = fc.constantFrom(
  'action',
  `action == ${quoted(PAY)}`,
  `action == ${quoted(LIST)}`,
  `action == ${quoted('hr-payroll')}`,
  `action in ${quoted('hr-payroll')}`,
  `action in ${quoted('CallTool')}`,
  `action in ${quoted('Mcp')}`,
  `action in ${quoted(LIST)}`,
  `action in [${quoted(LIST)}, ${quoted(PAY)}]`,
  `action in [${quoted(LIST)}, ${quoted('hr-payroll')}]`,
);

const resource = fc.constantFrom(
  'resource == ?resource',
  'resource is AgentCore::Gateway',
  'resource == AgentCore::Gateway::"other"',
);

/** Conditions that are true, false, or err: missing claims and arguments are read without a guard, and sums overflow. */
const leaves = [
  'true',
  'false',
  'principal.hasTag("department")',
  'principal.getTag("department") == "finance"',
  'principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"admins\\"*"',
  'principal has id && principal.id == "user-1"',
  'context.input has region',
  'context.input.region == "EU"',
  'context.input has amount && context.input.amount.lessThan(decimal("5.0"))',
  'context.input.amount.greaterThanOrEqual(decimal("5.0"))',
  'context.input has count && context.input.count + 9223372036854775807 > 5',
  'context.input has tags && context.input.tags.contains("a")',
  'context.input has address.zip && context.input.address.zip == "1"',
  'context.system.now < datetime("2026-12-01")',
  '(context).input has region',
  'context["input"]["region"] == "US"',
  'context has input && context has system.now',
  'context.input == {"employee-id": "", amount: decimal("5.0")}',
  '(if context has system then context else context).system.now > datetime("2026-01-01")',
  'principal.hasTag(if context.input has region then "department" else "cognito:groups")',
  'principal.hasTag("a") == principal.hasTag("department")',
  `action == ${quoted(PAY)}`,
  `action in ${quoted('hr-payroll')}`,
  'resource is AgentCore::Gateway',
  'if context.input has region then context.input.region == "US" else false',
];
const leaf = fc.constantFrom(...leaves);
/** What may stand beside `&&` without brackets. */
const plainLeaf = fc.constantFrom(...leaves.filter((text) => !text.startsWith('if ')));

/** Boolean expressions over conditions. */
export const expression: fc.Arbitrary<string> = fc.letrec<{ node: string; leaf: string }>((tie) => ({
  leaf,
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}) && (${b})`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}) || (${b})`),
    fc.tuple(plainLeaf, plainLeaf, plainLeaf).map(([a, b, c]) => `${a} && ${b} || ${c}`),
    tie('node').map((node) => `!(${node})`),
  ),
})).node;

const clause = fc.tuple(fc.constantFrom('when', 'unless'), expression).map(([word, body]) => `${word} { ${body} }`);

export interface RandomPolicy {
  readonly text: string;
  readonly logOnly: boolean;
}

/** Policies as a person writes them. */
const plain = fc
  .tuple(fc.constantFrom('permit', 'forbid'), principal, action, resource, fc.array(clause, { maxLength: 2 }))
  .map(([effect, who, what, where, clauses]) => `${effect}(${who}, ${what}, ${where}) ${clauses.join(' ')};`);

/** Policies in every lexical form that Cedar takes. */
export const policy: fc.Arbitrary<RandomPolicy> = fc
  .tuple(fc.oneof(plain, plain.chain(respelled)), fc.boolean())
  .map(([text, logOnly]) => ({ text: `${logOnly ? '@enforcement("LOG_ONLY") ' : ''}${text}`, logOnly }));

export const claims = fc.record(
  {
    department: fc.constantFrom('finance', 'sales'),
    'cognito:groups': fc.constantFrom<JsonValue[]>([], ['admins'], ['superadmins'], ['a', 'admins']),
  },
  { requiredKeys: [] },
);

export const payInput: fc.Arbitrary<JsonObject> = fc.record(
  {
    'employee-id': fc.string(),
    amount: fc.oneof(
      fc.constantFrom(4.99999, 5, 5.00001, 0, -0, 1e-7),
      fc.double({ min: -1e14, max: 1e14, noNaN: true }),
    ),
    count: fc.integer({ min: -3, max: 3 }),
    region: fc.constantFrom('EU', 'US'),
    tags: fc.array(fc.constantFrom('a', 'b', 'c')),
    address: fc.record({ zip: fc.constantFrom('1', '2') }),
  },
  { requiredKeys: ['employee-id', 'amount'] },
) as fc.Arbitrary<JsonObject>;
