import fc from 'fast-check';
import { type Claims, principalFromClaims } from '../../../lib/contract/claims';
import type { JsonObject } from '../../../lib/contract/json';
import type { DeclaredClaim } from '../../../lib/contract/manifest';
import type { ToolCall } from '../../../lib/policy/decision/model';
import type { CatalogTarget } from '../../../lib/policy/schema/catalog-target';

/** A tool with an argument of each type that the encoding knows, and a second one that lacks most of them. */
export const TARGETS: readonly CatalogTarget[] = [
  {
    name: 'app',
    tools: [
      {
        name: 'deploy',
        description: '',
        inputSchema: {
          type: 'object',
          properties: {
            env: { type: 'string' },
            owner: { type: 'string' },
            count: { type: 'integer' },
            days: { type: 'integer' },
            amount: { type: 'number' },
            limit: { type: 'number' },
            dry: { type: 'boolean' },
            labels: { type: 'array', items: { type: 'string' } },
            ids: { type: 'array', items: { type: 'integer' } },
            due: { type: 'string', format: 'date-time' },
            ttl: { type: 'string', format: 'duration' },
            place: {
              type: 'object',
              properties: { zip: { type: 'string' }, floor: { type: 'integer' } },
              required: ['zip'],
            },
            size: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
          },
          required: ['env', 'count', 'labels'],
        },
      },
      { name: 'list', description: '', inputSchema: { type: 'object', properties: { owner: { type: 'string' } } } },
    ],
  },
];
export const DEPLOY = 'app___deploy';

export const CLAIMS: readonly DeclaredClaim[] = [
  { name: 'cognito:groups', source: 'standard', multiValued: true },
  { name: 'department', source: 'attribute', attribute: 'department', multiValued: false },
  { name: 'username', source: 'standard', multiValued: false },
  { name: 'tier', source: 'groups', values: { a: 'gold', b: 'silver' }, multiValued: false },
];

const WORDS = ['', 'prod', 'prod-eu', 'dev', 'alice', 'gold'];
const PATTERNS = ['prod*', '*eu', '*-*', 'a*e', '*o*', '*'];
const GROUPS = ['admins', 'superadmins', 'ops'];
const INTEGERS = [-1, 0, 1, 5, 9_007_199_254_740_991];
const DECIMALS = ['-1.0', '0.0', '0.0001', '0.5', '100.0'];
const TIMES = ['2026-01-01T00:00:00Z', '2026-06-30T18:00:00Z', '2027-01-01', '2026-01-01T09:30:00+0930'];
const DURATIONS = ['-1ms', '0ms', '1ms', '1d2h', '9223372036854775807ms'];

const word = fc.constantFrom(...WORDS).map((text) => JSON.stringify(text));
const pattern = fc.constantFrom(...PATTERNS).map((text) => JSON.stringify(text));
const order = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
const method = fc.constantFrom('lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual');
const integer = fc.constantFrom(...INTEGERS).map(String);
const decimal = fc.constantFrom(...DECIMALS).map((text) => `decimal("${text}")`);
const time = fc.constantFrom(...TIMES).map((text) => `datetime("${text}")`);
const duration = fc.constantFrom(...DURATIONS).map((text) => `duration("${text}")`);

/** A template with holes: `fill('$ == $', a, b)`. */
function fill(template: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((texts) => texts.reduce((text, part) => text.replace('$', () => part), template));
}

const groups = fc.oneof(
  fc.constantFrom(...GROUPS).map((group) => `principal.getTag("cognito:groups") like "*\\"${group}\\"*"`),
  fc.constantFrom(...GROUPS).map((group) => `principal.getTag("cognito:groups") like "*${group}*"`),
  fc.constant('principal.getTag("cognito:groups") like "*\\"ops\\",\\"admins\\"*"'),
);
const department = fc.oneof(
  fill('principal.getTag("department") $ $', fc.constantFrom('==', '!='), word),
  fill('principal.getTag("department") like $', pattern),
);
const text = (read: string): fc.Arbitrary<string> =>
  fc.oneof(
    fill(`${read} == $`, word),
    fill(`${read} != $`, word),
    fill(`${read} like $`, pattern),
    fill(`[$, $].contains(${read})`, word, word),
  );

/** A condition, and what has to be there before it can be read. */
const guarded: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['principal.hasTag("cognito:groups")', groups],
  ['principal.hasTag("department")', department],
  [
    'principal.hasTag("username")',
    fill('principal.getTag("username") == $', fc.oneof(word, fc.constant('context.input.env'))),
  ],
  ['principal.hasTag("tier")', fill('principal.getTag("tier") $ $', fc.constantFrom('==', '!='), word)],
  ['principal has id', fill('principal.id == $', word)],
  ['true', text('context.input.env')],
  ['true', fill('context.input.count $ $', order, integer)],
  ['true', fill('context.input.count + $ $ $', integer, order, integer)],
  ['true', fill('context.input.count * $ < $', integer, integer)],
  ['true', fill('context.input.labels.contains($)', fc.oneof(word, fc.constant('context.input.env')))],
  ['true', fill('[$, $].containsAll(context.input.labels)', word, word)],
  ['true', fill('context.input.labels.containsAny([$, $])', word, word)],
  ['true', fc.constant('context.input.labels.isEmpty()')],
  ['true', fill('context.system.now $ $', order, time)],
  ['true', fill('context.system.now.toTime() $ duration("9h30m")', order)],
  ['true', fill('(context.system.now.toDate() == $)', time)],
  ['context.input has owner', text('context.input.owner')],
  ['context.input has owner', fill('context.input.owner $ context.input.env', fc.constantFrom('==', '!='))],
  ['context.input has days', fill('context.input.days $ context.input.count', order)],
  ['context.input has days', fill('context.input.days - context.input.count $ $', order, integer)],
  ['context.input has amount', fill('context.input.amount.$($)', method, decimal)],
  ['context.input has amount && context.input has limit', fill('context.input.amount.$(context.input.limit)', method)],
  ['context.input has dry', fc.constantFrom('context.input.dry', '!context.input.dry', 'context.input.dry == true')],
  ['context.input has ids', fill('context.input.ids.contains($)', integer)],
  ['context.input has due', fill('context.input.due $ $', order, time)],
  ['context.input has due', fill('context.input.due.offset(duration("1d")) $ context.system.now', order)],
  ['context.input has due', fill('context.input.due.durationSince(context.system.now).toHours() $ $', order, integer)],
  ['context.input has ttl', fill('context.input.ttl $ $', order, duration)],
  ['context.input has ttl', fill('context.system.now.offset(context.input.ttl) $ $', order, time)],
  ['context.input has place', text('context.input.place.zip')],
  ['context.input has place.floor', fill('context.input.place.floor $ $', order, integer)],
  ['context.input has size.typeChoice1', fill('context.input.size.typeChoice1 $ $', order, integer)],
  ['context.input has size.typeChoice0', text('context.input.size.typeChoice0')],
];

/** Mostly guarded as strict validation wants it; some are careless, and may fail. */
const atom = fc.oneof(
  ...guarded.map(([guard, condition]) => ({ weight: 6, arbitrary: condition.map((one) => `(${guard} && ${one})`) })),
  ...guarded.map(([, condition]) => ({ weight: 1, arbitrary: condition.map((one) => `(${one})`) })),
  ...guarded.map(([guard]) => ({ weight: 1, arbitrary: fc.constant(`(${guard})`) })),
);

const condition: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: atom },
    { weight: 2, arbitrary: fill('($ && $)', tie('node'), tie('node')) },
    { weight: 2, arbitrary: fill('($ || $)', tie('node'), tie('node')) },
    { weight: 1, arbitrary: fill('!$', tie('node')).map((one) => `(${one})`) },
    { weight: 1, arbitrary: fill('(if $ then $ else $)', tie('node'), tie('node'), tie('node')) },
  ),
})).node;

const principal = fc.oneof(
  { weight: 6, arbitrary: fc.constant('principal is AgentCore::OAuthUser') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'principal',
      'principal is AgentCore::IamEntity',
      'principal == AgentCore::OAuthUser::"alice"',
    ),
  },
);
const action = fc.constantFrom(
  'action == AgentCore::Action::"app___deploy"',
  'action in [AgentCore::Action::"app___deploy", AgentCore::Action::"app___list"]',
);
const clause = fill('$ { $ }', fc.constantFrom('when', 'when', 'when', 'unless'), condition);

/** One policy as text, about the tool {@link DEPLOY}. */
export const policyText = fill(
  '$($, $, resource == ?resource) $;',
  fc.constantFrom('permit', 'permit', 'forbid'),
  principal,
  action,
  fc.array(clause, { minLength: 1, maxLength: 2 }).map((clauses) => clauses.join(' ')),
);

/** Claims of a caller, `sub` left out. */
export const claims: fc.Arbitrary<Claims> = fc.record(
  {
    department: fc.constantFrom(...WORDS),
    username: fc.constantFrom(...WORDS),
    tier: fc.constantFrom('gold', 'silver'),
    'cognito:groups': fc.array(fc.constantFrom(...GROUPS), { maxLength: 3 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Claims>;

const input: fc.Arbitrary<JsonObject> = fc.record(
  {
    env: fc.constantFrom(...WORDS),
    owner: fc.constantFrom(...WORDS),
    count: fc.constantFrom(...INTEGERS),
    days: fc.constantFrom(...INTEGERS),
    amount: fc.constantFrom(-1, 0, 0.0001, 0.00019, 0.5, 100),
    limit: fc.constantFrom(-1, 0, 0.5, 100),
    dry: fc.boolean(),
    labels: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
    ids: fc.array(fc.constantFrom(...INTEGERS), { maxLength: 2 }),
    due: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T09:29:59.999Z', '2026-06-30T20:00:00+02:00'),
    ttl: fc.constantFrom('PT0S', 'PT0.001S', 'P1DT2H', 'P292471208Y'),
    place: fc.record(
      { zip: fc.constantFrom(...WORDS), floor: fc.constantFrom(...INTEGERS) },
      { requiredKeys: ['zip'] },
    ),
    size: fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...INTEGERS)),
  },
  { requiredKeys: ['env', 'count', 'labels'] },
) as fc.Arbitrary<JsonObject>;

/** A call of {@link DEPLOY} that is near what the policies ask for. */
export const call: fc.Arbitrary<ToolCall> = fc
  .record({
    sub: fc.constantFrom('alice', 'bob'),
    claims,
    input,
    now: fc.constantFrom('2026-01-01T00:00:00Z', '2026-03-01T09:29:59Z', '2027-01-01T12:00:00Z'),
  })
  .map((one) => ({
    principal: principalFromClaims({ sub: one.sub, ...one.claims }),
    tool: DEPLOY,
    input: one.input,
    now: new Date(one.now),
  }));
