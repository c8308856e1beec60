/** A mistake that a newcomer makes, and what must be said of it. */
export interface Mistake {
  /**
   * What `write` is: a policy, a test file's tests, properties of the gateway or a statement of the app, arguments of the command line, a call
   * by a persona (`persona tool {...}`).
   */
  readonly in: 'policy' | 'tests' | 'props' | 'app' | 'command' | 'call';
  readonly write: string;
  /** Texts that the console must show. */
  readonly says: readonly string[];
}

const permit = (condition: string, action = 'payments___create_transfer'): string =>
  `@id("mistake") permit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"${action}", resource == ?resource) when { ${condition} };`;
const has = (claim: string): string => `principal.hasTag("${claim}") && principal.getTag("${claim}")`;
const INPUT = 'context.input';
const call = (rest: string): string =>
  `tests:\n  - { as: tina, call: payments___create_transfer, arguments: { amount: 5, currency: EUR }, ${rest} }`;
const TINA = 'personas: { tina: { username: tina, groups: [treasurers] } }\n';

const POLICIES: readonly (readonly [write: string, ...says: string[]])[] = [
  ['this is not cedar', 'POLICY_SYNTAX', 'mistake.cedar:1'],
  ['', 'POLICY_FILE_EMPTY', 'holds no policy'],
  [`@id("mistake) ${permit('true').slice(14)}`, 'POLICY_QUOTE_OPEN', 'closing quote'],
  [permit(`${has('role')} == "treasurer`), 'POLICY_QUOTE_OPEN', 'closing quote'],
  [permit('true').replace('permit', 'allow'), 'POLICY_SYNTAX'],
  [permit('true').replace('?resource', '?principal'), 'POLICY_SLOT_UNKNOWN'],
  [permit('true', 'payments___create_transfr'), 'did you mean `payments___create_transfer`?'],
  [permit('true', 'create_transfer'), 'payments___create_transfer'],
  [permit('true', 'payments'), 'POLICY_GROUP_COMPARED'],
  [permit('true').replace('principal is AgentCore::OAuthUser', 'principal is AgentCore::User'), 'OAuthUser'],
  [permit('true').replace('resource == ?resource', 'resource'), 'write `resource == ?resource`'],
  [permit('principal.role == "treasurer"'), 'POLICY_CLAIM_AS_ATTRIBUTE', 'principal.hasTag("role")'],
  [permit('principal.getTag("role") == "treasurer"'), 'POLICY_CLAIM_UNGUARDED'],
  [permit(`${has('rolle')} == "treasurer"`), 'POLICY_CLAIM_UNKNOWN', 'did you mean `role`?'],
  [permit(`${has('role')} == "tresurer"`), 'POLICY_VALUE_IMPOSSIBLE', 'did you mean `treasurer`?'],
  [permit(`${has('cognito:groups')} like "*\\"tresurers\\"*"`), 'did you mean `treasurers`?'],
  [permit(`${has('cognito:groups')} like "*treasurers*"`), 'POLICY_GROUP_UNQUOTED'],
  [permit(`${has('cognito:groups')} == "treasurers"`), 'POLICY_GROUP_EQUALS'],
  [permit(`${INPUT}.ammount < decimal("5.0")`), 'did you mean `amount`?'],
  [permit(`${INPUT}.amount < 5`), 'POLICY_', 'lessThan'],
  [permit(`${INPUT}.note == "x"`), 'has note'],
  [permit(`${INPUT}.currency == "EURO"`), 'did you mean `EUR`?'],
  [permit(`${INPUT}.currency == "EUR" && ${INPUT}.currency == "USD"`), 'POLICY_NEVER_MATCHES'],
  [permit('context.inputs.currency == "EUR"'), 'input'],
  [`${permit('true')}\n${permit('true')}`, 'POLICY_ID_DUPLICATE'],
  [permit('true').replace('@id', '@idd'), 'did you mean `@id`?'],
];

const TESTS: readonly (readonly [write: string, ...says: string[]])[] = [
  [`${TINA}tests: [`, 'TEST_FILE_SYNTAX'],
  [`${TINA}test: []`, 'did you mean `tests`?'],
  [`${TINA}${call('expect: DENIED')}`, 'ALLOW'],
  [`${TINA}${call('expect: ALLOW').replace('as: tina', 'as: tinna')}`, 'did you mean `tina`?'],
  [
    `${TINA.replace('treasurers', 'tresurers')}${call('expect: DENY')}`,
    'TEST_PERSONA_GROUP',
    'did you mean `treasurers`?',
  ],
  [`${TINA.replace('groups:', 'attributes: { rolle: x }, groups:')}${call('expect: ALLOW')}`, 'TEST_PERSONA_ATTRIBUTE'],
  [
    `${TINA}${call('expect: ALLOW').replace('payments___create_transfer', 'create_transfer')}`,
    'did you mean `payments___create_transfer`?',
  ],
  [`${TINA}${call('expect: { decision: ALLOW, determining: [payy] }')}`, 'did you mean `pay`?'],
  [`${TINA}${call('trusted: { regio: EU }, expect: ALLOW')}`, 'did you mean `region`?'],
  [`${TINA}${call('trusted: { region: EUU }, expect: ALLOW')}`, 'did you mean `EU`?'],
  [`${TINA}${call('expect: ALLOW').replace('EUR', 'EURO')}`, 'TEST_VALUE_IMPOSSIBLE', 'did you mean `EUR`?'],
  [`${TINA}${call('expect: { decision: ALLOW, by: interceptor }')}`, 'TEST_BY_WITHOUT_DENIAL'],
  [`${TINA}${call('expect: DENY')}`, 'expected DENY, got ALLOW'],
];

const PROPS: readonly (readonly [write: string, ...says: string[]])[] = [
  ['{ mode: undefined }', 'EnforcementMode.LOG_ONLY'],
  ['{ policies: [] }', 'GATEWAY_ENFORCE_WITHOUT_POLICIES'],
  ["{ policies: gg.PolicySource.fromDirectory('policies') }", '`policies` is missing, or no value of its type'],
  ["{ policies: [gg.PolicySource.fromDirectory('polices')] }", 'POLICY_SOURCE_MISSING'],
  ["{ targets: { my_bank: gg.Tools.fromTypeScript('payments.ts') } }", 'for example `my-bank`'],
  ["{ targets: { bank: gg.Tools.fromTypeScript('payment.ts') } }", 'did you mean `payments.ts`?'],
  ["{ targets: { bank: gg.Tools.fromTypeScript('nothing.ts') } }", 'exports no `handler`'],
  ["{ targets: { bank: gg.Tools.fromTypeScript('zod3.ts') } }", 'is not made by zod 4'],
  ["{ targets: { bank: gg.Tools.fromTypeScript('listed.ts') } }", 'write `toolHandler(...tools)`'],
  ["{ targets: { bank: gg.Tools.fromTypeScript('broken.ts') } }", 'broken.ts:1'],
  ["{ requestInterceptor: gg.Interceptor.fromTypeScript('bare.ts') }", 'did you mean `payments___create_transfer`?'],
  ["{ requestInterceptor: gg.Interceptor.fromTypeScript('nothing.ts') }", 'exports no `handler`'],
  ["{ responseInterceptor: gg.Interceptor.fromTypeScript('request.ts') }", 'INTERCEPTOR_POINT'],
  ['{ steps: [[gg.Steps.inputCheck()]] }', 'spread a list of them'],
  ["{ steps: [gg.Steps.rowScope({ tools: ['payment'], ownerField: 'o', claim: 'sub' })] }", 'did you mean `payments`?'],
  [
    "{ trustedContext: { region: gg.TrustedField.fromClaimChoice('cognito:groups', [{ includes: 'tresurers', value: 'EU' }]) } }",
    'did you mean `treasurers`?',
  ],
  [
    "{ identity: gg.Identity.cognito({ groups: ['a'], testUsers: { ann: { groups: ['b'] } } }) }",
    'IDENTITY_UNKNOWN_GROUP',
  ],
  [
    "{ identity: gg.Identity.cognito({ customClaims: [gg.CustomClaim.containsAny('cognito:groups', ['a', 'b'])] }) }",
    'spread the list',
  ],
];

const COMMANDS: readonly (readonly [write: string, ...says: string[]])[] = [
  ['validat', 'did you mean `validate`?'],
  ['validate --formt json', 'did you mean `--format`?'],
  ['validate --format jsn', 'cannot be `jsn`'],
  ['validate --app nowhere', 'nowhere'],
  ['validate --gateway Bank/Gatway', 'did you mean `Bank/Gateway`?'],
  ['validate policies', 'has no use for the argument `policies`'],
  ['test --filter nothing-like-this', 'TEST_FILTER_MATCHES_NONE'],
  ['authorize --claims {} --tool create_transfer', 'did you mean `payments___create_transfer`?'],
  ['authorize --claims { --tool payments___create_transfer', 'COMMAND_JSON_INVALID'],
  ['emulate --port many', 'a number from 0 to 65535'],
  ['emulate --port 0 --endpoint record=http://127.0.0.1:1', 'did you mean `records`?'],
  ['emulate --port 0 --answers nowhere', 'make the folder'],
  ['emulate --port 0 --switch denialShap=result', 'did you mean `denialShape`?'],
  ['token --as tina --url http://127.0.0.1:1', 'no emulator answers'],
];

const CALLS: readonly (readonly [write: string, ...says: string[]])[] = [
  [
    'nobody payments___create_transfer {"amount":5,"currency":"EUR"}',
    '401',
    'the signature of the token is not that of the local issuer',
  ],
  ['carl payments___create_transfer {"amount":5,"currency":"EUR"}', 'DENY', 'treasurers'],
  ['tina payments___create_transfer {"amount":5}', 'currency'],
  ['tina payments___create_transfer {"amount":5000,"currency":"EUR"}', 'limit'],
  ['tina payments___create_transfr {}', 'payments___create_transfr'],
  ['tina records___drop {}', 'records___drop.json'],
  ['tina payments___fail {}', 'the tool failed (FAILED)', '--explain'],
];

const rows = (kind: Mistake['in'], table: typeof POLICIES): Mistake[] =>
  table.map(([write, ...says]) => ({ in: kind, write, says }));

export const MISTAKES: readonly Mistake[] = [
  ...rows('policy', POLICIES),
  ...rows('tests', TESTS),
  ...rows('props', PROPS),
  ...rows('command', COMMANDS),
  ...rows('call', CALLS),
];
