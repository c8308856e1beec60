import type { JsonObject } from '../../../../lib/contract/json';
import type { DeclaredClaim } from '../../../../lib/contract/manifest';
import type { DeclaredTrustedField } from '../../../../lib/contract/trusted-context';
import type { DiagnosticCode } from '../../../../lib/diagnostics/catalogue';
import type { CatalogTarget } from '../../../../lib/policy/schema/catalog-target';
import type { ValidationInput } from '../../../../lib/policy/validation/view/validation-input';
import { payPolicy } from '../../subject';

const USER = 'principal is AgentCore::OAuthUser';
const ACTION = 'action == AgentCore::Action::"hr-payroll___create_payout"';
const GATEWAY = 'resource == ?resource';
export const OK = 'context.input.amount.lessThan(decimal("5.0"))';

export const claims: DeclaredClaim[] = [
  { name: 'department', source: 'attribute', multiValued: false },
  { name: 'cognito:groups', source: 'groups', multiValued: true },
  { name: 'sub', source: 'standard', multiValued: false },
];

const geography: DeclaredTrustedField = {
  name: 'geography',
  type: 'string',
  description: '',
  source: { kind: 'constant', value: 'EU' },
  tools: ['hr-payroll___list'],
};

export interface Case {
  readonly code: DiagnosticCode;
  readonly text: string;
  /** What is underlined; undefined for findings about the whole set. */
  readonly at: string | undefined;
  readonly help?: string;
  /** Part of the message. */
  readonly message?: string;
  readonly with?: Partial<ValidationInput>;
}

export const enumTargets = [
  {
    name: 'hr-payroll',
    tools: [
      {
        name: 'create_payout',
        description: '',
        inputSchema: { type: 'object', properties: { kind: { type: 'string', enum: ['a', 'b'] } }, required: ['kind'] },
      },
    ],
  },
];

function policy(principal: string, action: string, resource: string, condition = OK, effect = 'permit'): string {
  return `${effect}(${principal}, ${action}, ${resource}) when { ${condition} };`;
}

/** A tool of which the argument `x` has a schema. */
export function toolWith(x: JsonObject): { targets: CatalogTarget[] } {
  const inputSchema = { type: 'object', properties: { x } };
  return { targets: [{ name: 'hr-payroll', tools: [{ name: 'create_payout', description: '', inputSchema }] }] };
}

/** Policies on classes, of a gateway with a tool that reads, one that destroys and one of no class. */
function classCases(): Case[] {
  const tool = (name: string, classes: string[], argument: string) => ({
    name,
    description: '',
    classes,
    inputSchema: { type: 'object', properties: { [argument]: { type: 'string' } }, required: [argument] },
  });
  const tools = [
    tool('list', ['read', 'pii'], 'query'),
    tool('drop', ['write', 'destructive'], 'id'),
    tool('x', [], 'id'),
  ];
  const options = { targets: [{ name: 'hr-payroll', tools }] };
  const on = (action: string, condition = 'principal.id == "a"', effect?: string) => ({
    text: policy(USER, action, GATEWAY, condition, effect),
    with: options,
  });
  const group = (name: string) => `AgentCore::Action::"class:${name}"`;
  const both = { ...options, targets: [{ name: 'hr-payroll', tools: [...tools, tool('find', ['read'], 'id')] }] };
  return [
    {
      code: 'POLICY_CLASS_UNKNOWN',
      ...on(`action in ${group('raed')}`),
      at: group('raed'),
      help: 'did you mean `read`?',
    },
    { code: 'POLICY_CLASS_UNKNOWN', ...on(`action in ${group('money')}`), at: group('money') },
    {
      code: 'POLICY_CLASS_EMPTY',
      ...on(`action in ${group('open-world')}`),
      at: `action in ${group('open-world')}`,
    },
    {
      code: 'POLICY_CLASS_EMPTY',
      ...on(`action in ${group('money')}`),
      with: { ...options, toolClasses: ['money', 'pii'] },
      at: `action in ${group('money')}`,
    },
    {
      code: 'POLICY_GROUP_COMPARED',
      ...on(`action == ${group('read')}`),
      at: `action == ${group('read')}`,
      help: `write \`action in ${group('read')}\``,
    },
    { code: 'POLICY_CLASS_PLACE', ...on('action', `action == ${group('read')}`), at: group('read') },
    { code: 'POLICY_CLASS_PLACE', ...on('action', `[${group('read')}].contains(action)`), at: `[${group('read')}]` },
    {
      code: 'POLICY_INPUT_OF_CLASS',
      ...on(`action in ${group('read')}`, 'context.input.query == "x"'),
      with: both,
      at: 'context.input.query',
      message: '1 of the tools in class `read` have no argument `query`: `hr-payroll___find`',
    },
    {
      code: 'POLICY_INPUT_UNDER_GROUP',
      ...on(`action in [${group('read')}, AgentCore::Action::"hr-payroll"]`, 'context.input.query == "x"'),
      at: `action in [${group('read')}, AgentCore::Action::"hr-payroll"]`,
    },
    {
      code: 'TOOL_WITHOUT_CLASS',
      ...on(`action in ${group('read')}`),
      at: undefined,
      message:
        '1 of the tools of `hr-payroll` are in no class, so that no policy on classes is for them: `hr-payroll___x`',
    },
    {
      code: 'TOOL_CLASS_UNDECLARED',
      ...on(`action in ${group('read')}`),
      with: { ...options, toolClasses: ['pi'] },
      at: undefined,
      help: 'did you mean `pi`?',
    },
  ];
}

/** Arguments taken for what they are not: schema of `x`, condition behind its guard, what is underlined, and the help. */
function inputTypeCases(): Case[] {
  const nullable = { type: ['string', 'null'] };
  const form = (condition: string) => `write \`${condition}\`; docs/arguments.md has the form for each schema`;
  const text = form('context.input has x.typeChoice0 && context.input.x.typeChoice0 == "..."');
  const rows: [JsonObject, string, string, string][] = [
    [nullable, 'context.input.x == "a"', 'context.input.x == "a"', text],
    [nullable, 'context.input.x like "a*"', 'context.input.x', text],
    [nullable, '["a"].contains(context.input.x)', '["a"].contains(context.input.x)', text],
    [nullable, 'context.input.x has region', 'context.input.x has region', text],
    [
      { anyOf: [{ type: 'number' }, { type: 'null' }] },
      'context.input.x > 5',
      'context.input.x',
      form('context.input has x.typeChoice0 && context.input.x.typeChoice0.lessThanOrEqual(decimal("5.0"))'),
    ],
    [
      { type: 'string' },
      'context.input.x == 1',
      'context.input.x == 1',
      form('context.input has x && context.input.x == "..."'),
    ],
    [
      { type: 'boolean' },
      'context.input.x == "true"',
      'context.input.x == "true"',
      form('context.input has x && context.input.x == true'),
    ],
    [
      { type: 'string', format: 'date-time' },
      'context.input.x == "2026-12-31"',
      'context.input.x == "2026-12-31"',
      form('context.input has x && context.input.x < datetime("2026-12-31")'),
    ],
    [
      { type: 'array', items: { type: 'string' } },
      'context.input.x == "a"',
      'context.input.x == "a"',
      form('context.input has x && context.input.x.contains("...")'),
    ],
    [
      { type: 'object', additionalProperties: { type: 'string' } },
      'context.input.x has k && context.input.x.k == "v"',
      'context.input.x has k',
      form('context.input has x && context.input.x.hasTag("k") && context.input.x.getTag("k") == "..."'),
    ],
    [{ allOf: [{ type: 'string' }] }, 'context.input.x == "a"', 'context.input.x == "a"', form('context.input has x')],
    [
      { type: 'null' },
      'context.input.x == "a"',
      'context.input.x == "a"',
      'an argument that is null is left out: ask whether it is missing',
    ],
  ];
  return rows.map(([schema, condition, at, help]) => ({
    code: 'POLICY_INPUT_TYPE',
    text: payPolicy(`principal.hasTag("a") && context.input has x && ${condition} && principal.hasTag("b")`),
    at,
    help,
    with: toolWith(schema),
  }));
}

/** Claims compared with what is no text: the condition, what is underlined, and the text that the help names. */
function claimTextCases(): Case[] {
  const rows: [string, string, string][] = [
    ['principal.getTag("d") == true', 'principal.getTag("d") == true', 'true'],
    ['principal.getTag("d") == 1', 'principal.getTag("d") == 1', '1'],
    ['false != principal.getTag("d")', 'false != principal.getTag("d")', 'false'],
    ['principal.getTag("d") > 5', 'principal.getTag("d")', '...'],
    ['principal.getTag("d").contains("x")', 'principal.getTag("d").contains("x")', '...'],
    ['principal.getTag("d") == context.input.amount', 'principal.getTag("d") == context.input.amount', '...'],
  ];
  return rows.map(([condition, at, text]) => ({
    code: 'POLICY_CLAIM_NOT_TEXT',
    text: payPolicy(`${OK} && principal.hasTag("d") && ${condition} && principal.hasTag("e")`),
    at,
    help: `compare it as text, \`principal.getTag("d") == "${text}"\`, or look for an element of an array, \`like "*\\"NAME\\"*"\``,
  }));
}

/** Ids that no IAM caller has: scope, condition, what is underlined, and the form that matches. */
function iamIdCases(): Case[] {
  const [role, session] = [
    'arn:aws:iam::111122223333:role/team/agent',
    'arn:aws:sts::111122223333:assumed-role/agent/ann',
  ];
  const assumed = 'arn:aws:sts::111122223333:assumed-role/agent';
  const iam = 'principal is AgentCore::IamEntity';
  const rows: [string, string, string, string][] = [
    [`principal == AgentCore::IamEntity::"${role}"`, OK, `"${role}"`, `AgentCore::IamEntity::"${assumed}"`],
    [`principal == AgentCore::IamEntity::"${session}"`, OK, `"${session}"`, `AgentCore::IamEntity::"${assumed}"`],
    [iam, `principal == AgentCore::IamEntity::"${assumed}*"`, `"${assumed}*"`, `principal.id like "${assumed}*"`],
    [iam, `principal.id == "${role}"`, `"${role}"`, `principal.id == "${assumed}"`],
    [iam, `principal.id == "${assumed}*"`, `"${assumed}*"`, `principal.id like "${assumed}*"`],
    [iam, `"${assumed}/*" == principal.id`, `"${assumed}/*"`, `principal.id == "${assumed}"`],
    [iam, `principal.id like "${assumed}/*"`, `"${assumed}/*"`, `principal.id like "${assumed}"`],
  ];
  return rows.map(([principal, condition, at, form]) => ({
    code: 'POLICY_IAM_ID',
    text: policy(principal, ACTION, GATEWAY, condition),
    at,
    help: `write \`${form}\``,
  }));
}

/** Values that there are, and one that is misspelled: the condition, what is underlined, and the help. */
function impossibleValueCases(): Case[] {
  const known: Partial<ValidationInput> = {
    claims: [
      { name: 'tier', source: 'groups', values: { a: 'gold', b: 'silver' }, multiValued: false },
      { name: 'cognito:groups', source: 'standard', multiValued: true },
    ],
    groups: ['treasurers', 'auditors'],
    ...toolWith({ type: 'string', enum: ['EUR', 'USD'] }),
  };
  const tier = 'principal.hasTag("tier") && ';
  const groups = 'principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like';
  const rows: [string, string, string][] = [
    [`${groups} "*\\"tresurers\\"*"`, '"*\\"tresurers\\"*"', 'did you mean `treasurers`?'],
    [`${tier}principal.getTag("tier") == "golden"`, '"golden"', 'did you mean `gold`?'],
    [`${tier}["gold", "silber"].contains(principal.getTag("tier"))`, '"silber"', 'did you mean `silver`?'],
    [
      `${tier}principal.getTag("tier") like "plat*"`,
      '"plat*"',
      'compare it with a value that there is: `gold`, `silver`',
    ],
    ['context.input has x && context.input.x == "EURO"', '"EURO"', 'did you mean `EUR`?'],
    ['context.input has x && "USDD" != context.input.x', '"USDD"', 'did you mean `USD`?'],
  ];
  return rows.flatMap(([condition, at, help]) => [
    { code: 'POLICY_VALUE_IMPOSSIBLE' as const, text: payPolicy(condition), at, help, with: known },
    { code: 'POLICY_FORBID_VALUE_IMPOSSIBLE' as const, text: payPolicy(condition, 'forbid'), at, help, with: known },
  ]);
}

export const cases: readonly Case[] = [
  {
    code: 'POLICY_INPUT_NEVER_THERE',
    text: payPolicy('context.input has x.typeChoice1'),
    at: 'context.input has x.typeChoice1',
    help: 'ask whether the argument is missing, `!(context.input has ...)`',
    with: toolWith({ type: ['string', 'null'] }),
  },
  {
    code: 'POLICY_INPUT_NEVER_THERE',
    text: payPolicy('context.input has x.typeChoice1 && context.input.x.typeChoice1 < datetime("2026-12-31")'),
    at: 'context.input has x.typeChoice1',
    help: 'decide on the earlier type, or change the order of the types in the schema',
    with: toolWith({ anyOf: [{ type: 'string' }, { type: 'string', format: 'date' }] }),
  },
  {
    code: 'POLICY_RESOURCE_WILDCARD',
    text: policy(USER, ACTION, 'resource'),
    at: 'resource',
    help: 'write `resource == ?resource`',
  },
  {
    code: 'POLICY_RESOURCE_WILDCARD',
    text: policy(USER, 'action', 'resource', 'principal.hasTag("x")'),
    at: 'resource',
    help: 'write `resource is AgentCore::Gateway`',
  },
  {
    code: 'POLICY_GATEWAY_UNNAMED',
    text: policy(USER, ACTION, 'resource is AgentCore::Gateway'),
    at: 'resource is AgentCore::Gateway',
  },
  {
    code: 'POLICY_GATEWAY_MISMATCH',
    text: policy(
      USER,
      ACTION,
      'resource == AgentCore::Gateway::"arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/other-a1b2c3d4e5"',
    ),
    at: 'resource == AgentCore::Gateway::"arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/other-a1b2c3d4e5"',
    with: { gatewayArn: 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/payroll-a1b2c3d4e5' },
  },
  {
    code: 'POLICY_GATEWAY_MISMATCH',
    text: ['one', 'two']
      .map((name) =>
        policy(
          USER,
          ACTION,
          `resource == AgentCore::Gateway::"arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/${name}-a1b2c3d4e5"`,
        ),
      )
      .join('\n'),
    at: 'resource == AgentCore::Gateway::"arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/two-a1b2c3d4e5"',
  },
  {
    code: 'POLICY_GATEWAY_ARN_INVALID',
    text: policy(USER, ACTION, 'resource == AgentCore::Gateway::"payroll"'),
    at: 'resource == AgentCore::Gateway::"payroll"',
  },
  {
    code: 'POLICY_ACTION_BARE_WITH_GATEWAY',
    text: policy(USER, 'action', GATEWAY, 'principal.hasTag("x")'),
    at: GATEWAY,
  },
  {
    code: 'POLICY_UNKNOWN_TOOL',
    text: policy(USER, 'action == AgentCore::Action::"hr-payroll___create_payuot"', GATEWAY),
    at: 'AgentCore::Action::"hr-payroll___create_payuot"',
    help: 'did you mean `hr-payroll___create_payout`?',
  },
  {
    code: 'POLICY_TOOL_SEPARATOR',
    text: policy(USER, 'action in [AgentCore::Action::"hr-payroll__create_payout"]', GATEWAY),
    at: 'AgentCore::Action::"hr-payroll__create_payout"',
    help: 'write `hr-payroll___create_payout`',
  },
  {
    code: 'POLICY_ACTION_NAMESPACE',
    text: policy(USER, 'action == Action::"hr-payroll___create_payout"', GATEWAY),
    at: 'Action::"hr-payroll___create_payout"',
    help: 'write `AgentCore::Action::"hr-payroll___create_payout"`',
  },
  {
    code: 'POLICY_GROUP_COMPARED',
    text: policy(USER, 'action == AgentCore::Action::"hr-payroll"', GATEWAY, 'principal.hasTag("x")'),
    at: 'action == AgentCore::Action::"hr-payroll"',
    help: 'write `action in AgentCore::Action::"hr-payroll"`',
  },
  {
    code: 'POLICY_CHANGES_NOTHING',
    text: `@id("wide") ${payPolicy('context.input.amount.lessThan(decimal("9.0"))')}\n${payPolicy('context.input.amount.lessThan(decimal("5.0"))')}`,
    at: 'permit',
    message: 'every call that it matches is permitted or forbidden by `wide`',
  },
  {
    code: 'POLICY_CHANGES_NOTHING',
    text: `${payPolicy(OK)}\n${payPolicy('context.input.amount.greaterThan(decimal("5000000.0"))', 'forbid')}`,
    at: 'forbid',
    message: 'what it forbids is not permitted',
  },
  {
    code: 'POLICY_CAN_FAIL',
    text: payPolicy('context.input has count && context.input.count * 100000 < 5'),
    at: 'permit',
    message: '"count":',
  },
  { code: 'POLICY_PRINCIPAL_UNTYPED', text: policy('principal', ACTION, GATEWAY), at: 'principal' },
  {
    code: 'POLICY_PRINCIPAL_ID_UNTYPED',
    text: policy('principal', ACTION, GATEWAY, 'principal.id == "a"'),
    at: 'principal.id',
  },
  {
    code: 'POLICY_PRINCIPAL_UNAUTHENTICATED',
    text: policy('principal is AgentCore::UnauthenticatedUser', ACTION, GATEWAY),
    at: 'principal is AgentCore::UnauthenticatedUser',
  },
  { code: 'POLICY_PRINCIPAL_EMAIL', text: payPolicy('principal.id == "ann@example.com"'), at: '"ann@example.com"' },
  { code: 'POLICY_PRINCIPAL_EMAIL', text: payPolicy('"ann@example.com" == principal.id'), at: '"ann@example.com"' },
  {
    code: 'POLICY_PRINCIPAL_EMAIL',
    text: policy('principal == AgentCore::OAuthUser::"ann@example.com"', ACTION, GATEWAY),
    at: '"ann@example.com"',
  },
  {
    code: 'POLICY_TYPE_UNKNOWN',
    text: policy('principal in AgentCore::Group::"admins"', ACTION, GATEWAY),
    at: 'AgentCore::Group',
    help: 'groups and roles are claims: `principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"NAME\\"*"`',
  },
  {
    code: 'POLICY_TYPE_UNKNOWN',
    text: policy('principal is OAuthUser', ACTION, GATEWAY),
    at: 'OAuthUser',
    help: 'did you mean `AgentCore::OAuthUser`?',
  },
  {
    code: 'POLICY_CLAIM_AS_ATTRIBUTE',
    text: payPolicy('principal.department == "finance"'),
    at: 'principal.department',
    help: 'write `principal.hasTag("department") && principal.getTag("department") == "..."` for a string; an array is searched by `like "*\\"NAME\\"*"`',
  },
  {
    code: 'POLICY_CLAIM_AS_ATTRIBUTE',
    text: payPolicy('principal has department && principal.department == "finance"'),
    at: 'principal has department',
    help: 'write `principal.hasTag("department") && principal.getTag("department") == "..."`',
    with: { claims },
  },
  {
    code: 'POLICY_RESOURCE_ATTRIBUTE',
    text: payPolicy('resource has owner'),
    at: 'resource has owner',
  },
  ...claimTextCases(),
  ...iamIdCases(),
  {
    code: 'POLICY_CLAIM_UNDECLARED',
    text: payPolicy('principal.hasTag("roles") && principal.getTag("roles") == "admin"'),
    at: '"admin"',
    help: 'declare the claim with the identity; for an array write `like "*\\"admin\\"*"`',
  },
  {
    code: 'POLICY_CLAIM_UNDECLARED',
    text: payPolicy(
      'principal.hasTag("https://example.com/roles") && principal.getTag("https://example.com/roles") like "*admin*"',
    ),
    at: '"*admin*"',
  },
  {
    code: 'POLICY_TYPES_DIFFER',
    text: payPolicy('["a", 1].contains(principal.id)'),
    at: '["a", 1]',
  },
  { code: 'POLICY_TYPE_WRONG', text: payPolicy('principal'), at: 'principal' },
  { code: 'POLICY_TYPE_WRONG', text: payPolicy('principal.hasTag(1)'), at: '1' },
  {
    code: 'POLICY_CLAIM_AS_ATTRIBUTE',
    text: payPolicy('principal["cognito:groups"] == "finance"'),
    at: 'principal["cognito:groups"]',
    help: 'write `principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"NAME\\"*"`',
  },
  {
    code: 'POLICY_CLAIM_UNGUARDED',
    text: payPolicy('principal.getTag("department") == "finance"'),
    at: 'principal.getTag("department")',
    help: 'write `principal.hasTag("department") && ...` before it',
  },
  {
    code: 'POLICY_CLAIM_NOT_TEXT',
    text: payPolicy('principal.hasTag("cognito:groups") && principal.getTag("cognito:groups").contains("a")'),
    at: 'principal.getTag("cognito:groups").contains("a")',
  },
  {
    code: 'POLICY_CLAIM_NOT_TEXT',
    text: payPolicy('principal.hasTag("exp") && principal.getTag("exp") > 5'),
    at: 'principal.getTag("exp")',
  },
  {
    code: 'POLICY_CLAIM_UNKNOWN',
    text: payPolicy('principal.hasTag("deprtment")'),
    at: 'principal.hasTag("deprtment")',
    help: 'did you mean `department`?',
    with: { claims },
  },
  {
    code: 'POLICY_CLAIM_UNKNOWN',
    text: payPolicy('principal.hasTag("sub")'),
    at: 'principal.hasTag("sub")',
    help: 'the `sub` of a token is `principal.id`',
    with: { claims },
  },
  {
    code: 'POLICY_GROUP_UNQUOTED',
    text: payPolicy('principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*admin*"'),
    at: '"*admin*"',
    help: 'write the quotes of the JSON text: `like "*\\"admin\\"*"`',
  },
  ...[
    '(principal.getTag("cognito:groups")) like "*admin*"',
    '!(principal.getTag("cognito:groups") like "*admin*")',
    'principal.getTag("cognito:groups") like "*admin\\"*"',
  ].map((condition) => ({
    code: 'POLICY_GROUP_UNQUOTED' as const,
    text: payPolicy(`principal.hasTag("cognito:groups") && ${condition}`),
    at: condition.slice(condition.indexOf('"*'), condition.lastIndexOf('*"') + 2),
    message: '["superadmin"]',
  })),
  ...[
    'principal.getTag("cognito:groups") == "admin"',
    'principal.getTag("cognito:groups") == ("admin")',
    '"admin" == principal.getTag("cognito:groups")',
    'principal.getTag("cognito:groups") != "admin"',
    '"admin" != (principal.getTag("cognito:groups"))',
    '["admin"].contains(principal.getTag("cognito:groups"))',
  ].map((condition) => ({
    code: 'POLICY_GROUP_EQUALS' as const,
    text: payPolicy(`principal.hasTag("cognito:groups") && ${condition}`),
    at: '"admin"',
    message: '["admin"]',
    with: { claims },
  })),
  {
    code: 'POLICY_GROUP_MISSED',
    text: payPolicy('principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "[\\"admin\\"*"'),
    at: '"[\\"admin\\"*"',
    message: '["other","admin"]',
  },
  {
    code: 'POLICY_GROUP_FOOLED',
    text: payPolicy('principal.hasTag("roles") && principal.getTag("roles") like "*\\"admin\\"*"'),
    at: '"*\\"admin\\"*"',
    message: '["\\"admin"]',
    with: { claims: [{ name: 'roles', source: 'declared', multiValued: true }] },
  },
  {
    code: 'POLICY_SCOPE_SEARCHED',
    text: payPolicy('principal.hasTag("scope") && principal.getTag("scope") like "*admin*"'),
    at: '"*admin*"',
    message: '`superadmin`',
  },
  {
    code: 'POLICY_OBJECT_SEARCHED',
    text: payPolicy('principal.hasTag("realm_access") && principal.getTag("realm_access") like "*\\"admin\\"*"'),
    at: '"*\\"admin\\"*"',
    message: '{"other":"admin"}',
  },
  {
    code: 'POLICY_INPUT_UNKNOWN',
    text: payPolicy('context.input.ammount.lessThan(decimal("5.0"))'),
    at: 'context.input.ammount',
    help: 'did you mean `amount`?',
  },
  {
    code: 'POLICY_INPUT_UNKNOWN',
    text: payPolicy('context.input has geography && context.input.geography == "EU"', 'forbid'),
    at: 'context.input has geography',
    help: 'declare it in the input schema of the tool, or as a trusted field of the gateway',
  },
  {
    code: 'POLICY_TRUSTED_FIELD_ABSENT',
    text: payPolicy('context.input has geography && context.input.geography == "EU"'),
    at: 'context.input has geography',
    with: { trustedContext: [geography] },
  },
  {
    code: 'POLICY_TRUSTED_FIELD_ABSENT',
    text: payPolicy('context.input has region && context.input.region == "EU"'),
    at: 'context.input.region',
    with: { trustedContext: [{ ...geography, name: 'region' }] },
  },
  {
    code: 'POLICY_TRUSTED_FIELD_TOOL',
    text: payPolicy(OK),
    at: undefined,
    help: 'did you mean `hr-payroll___list`?',
    with: { trustedContext: [{ ...geography, tools: ['hr-payroll___lst'] }] },
  },
  {
    code: 'POLICY_INPUT_UNGUARDED',
    text: payPolicy('context.input.urgent == false'),
    at: 'context.input.urgent',
    help: 'write `context.input has urgent && ...` before it',
  },
  {
    code: 'POLICY_INPUT_UNDER_GROUP',
    text: policy(USER, 'action in AgentCore::Action::"hr-payroll"', GATEWAY),
    at: 'action in AgentCore::Action::"hr-payroll"',
    help: 'write `action in [AgentCore::Action::"hr-payroll___create_payout", AgentCore::Action::"hr-payroll___list"]`',
  },
  { code: 'POLICY_CONTEXT_UNKNOWN', text: payPolicy('context.sourceIp == "1.2.3.4"'), at: 'context.sourceIp' },
  {
    code: 'POLICY_CONTEXT_UNKNOWN',
    text: payPolicy('context has custom && context.custom == "x"'),
    at: 'context has custom',
  },
  { code: 'POLICY_RESOURCE_ATTRIBUTE', text: payPolicy('resource.confidential == true'), at: 'resource.confidential' },
  {
    code: 'POLICY_NUMBER_DECIMAL',
    text: payPolicy('context.input.amount < 5'),
    at: 'context.input.amount',
    help: 'write `context.input.amount.lessThan(decimal("5000.0"))`',
  },
  {
    code: 'POLICY_NUMBER_DECIMAL',
    text: payPolicy('context.input.amount == 5'),
    at: 'context.input.amount == 5',
    help: 'write `context.input.amount == decimal("5000.0")`',
  },
  {
    code: 'POLICY_NUMBER_LONG',
    text: payPolicy('context.input has count && context.input.count.lessThan(decimal("5.0"))'),
    at: 'context.input.count.lessThan(decimal("5.0"))',
    help: 'write `context.input.count < 5000`',
  },
  ...inputTypeCases(),
  ...impossibleValueCases(),
  {
    code: 'POLICY_DECIMAL_DIGITS',
    text: payPolicy('context.input.amount.lessThan(decimal("5.12345"))'),
    at: 'decimal("5.12345")',
  },
  {
    code: 'POLICY_TIME_LITERAL',
    text: payPolicy('context.system.now > "2026-01-01"'),
    at: '"2026-01-01"',
    help: 'write `datetime("2026-01-01")`',
  },
  {
    code: 'POLICY_ENUM_UNVERIFIED',
    text: payPolicy('context.input.kind == "a"'),
    at: 'context.input.kind',
    with: { targets: enumTargets },
  },
  { code: 'POLICY_CONFUSING_TEXT', text: payPolicy('principal.id == "\u0430dmin"'), at: '"\u0430dmin"' },
  { code: 'POLICY_TYPE_WRONG', text: payPolicy('principal.id'), at: 'principal.id' },
  {
    code: 'POLICY_LITERAL_INVALID',
    text: payPolicy('context.system.now < datetime("2026-13-01")'),
    at: 'datetime("2026-13-01")',
    help: 'write it as `datetime("2026-12-31T08:00:00Z")`',
  },
  {
    code: 'POLICY_LITERAL_INVALID',
    text: payPolicy('context.system.now < datetime("2026-12-31T08:00:00+01:00")'),
    at: 'datetime("2026-12-31T08:00:00+01:00")',
    help: 'write it as `datetime("2026-12-31T08:00:00.000+0100")`',
  },
  {
    code: 'POLICY_LITERAL_INVALID',
    text: payPolicy('context.system.now.toTime() < duration("PT8H")'),
    at: 'duration("PT8H")',
    help: 'write it as `duration("28800000ms")`',
  },
  { code: 'POLICY_NEVER_MATCHES', text: payPolicy(`${OK} && false`), at: 'false' },
  { code: 'POLICY_NEVER_MATCHES', text: payPolicy(`${OK} && 2 < 1`, 'forbid'), at: '2 < 1' },
  {
    code: 'POLICY_NEVER_MATCHES',
    text: policy('principal is AgentCore::IamEntity', ACTION, GATEWAY, 'principal.hasTag("x")'),
    at: 'principal.hasTag("x")',
  },
  {
    code: 'POLICY_NEVER_MATCHES',
    text: payPolicy(
      `context.input has count && ${OK} && (context.input.count > 5 && principal.hasTag("x") && context.input.count < 3)`,
    ),
    at: 'context.input.count < 3',
  },
  {
    code: 'POLICY_NEVER_MATCHES',
    text: `${payPolicy(OK).slice(0, -1)} unless { principal.hasTag("a") || !principal.hasTag("a") };`,
    at: '!principal.hasTag("a")',
  },
  { code: 'POLICY_ALLOWS_EVERYTHING', text: payPolicy('true'), at: 'permit' },
  { code: 'POLICY_ALLOWS_EVERYTHING', text: payPolicy('1 < 2 || principal.hasTag("x")'), at: 'permit' },
  { code: 'POLICY_ALLOWS_EVERYTHING', text: payPolicy('context.input has amount'), at: 'permit' },
  { code: 'POLICY_DENIES_EVERYTHING', text: payPolicy('"a" like "*"', 'forbid'), at: 'forbid' },
  { code: 'POLICY_SET_ALLOWS_EVERYTHING', text: payPolicy(OK) + payPolicy(`!(${OK})`), at: 'permit' },
  { code: 'POLICY_SET_DENIES_EVERYTHING', text: payPolicy(OK) + payPolicy(OK, 'forbid'), at: 'forbid' },
  { code: 'POLICY_NO_PERMIT', text: payPolicy(OK, 'forbid'), at: 'forbid' },
  { code: 'POLICY_TOOL_UNREACHABLE', text: payPolicy(OK), at: undefined },
  { code: 'POLICY_STATEMENT_LENGTH', text: payPolicy(`${OK} // ${'é'.repeat(4_990)}\n`), at: 'permit' },
  {
    code: 'POLICY_SET_LENGTH',
    text: Array.from({ length: 60 }, () => payPolicy(`${OK} // ${'x'.repeat(4_000)}\n`)).join(''),
    at: undefined,
  },
  ...classCases(),
];
