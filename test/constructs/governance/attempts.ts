import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aspects, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import fc from 'fast-check';
import {
  EnforcementMode,
  GovernanceBaseline,
  GovernedGateway,
  Identity,
  PolicySource,
  Steps,
  TrustedField,
} from '../../../lib';
import { type Principal, principalFromClaims, principalFromIam } from '../../../lib/contract/claims';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import { documentHash, type PolicySetDocument } from '../../../lib/contract/policy-set-document';
import { authorize } from '../../../lib/policy/decision/authorize';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { notesToolsWith } from '../notes-gateway';

const ENGINE = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:policy-engine/shared-abcdefghij';

/** What the baseline forbids, by class and by action. */
const FORBIDS = {
  class: 'forbid(principal, action in AgentCore::Action::"class:destructive", resource == ?resource);',
  action: 'forbid(principal, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
  everything:
    'forbid(principal, action, resource == ?resource) unless { !(action in AgentCore::Action::"class:destructive") };',
  condition: `forbid(principal, action in AgentCore::Action::"class:destructive", resource == ?resource)
when { context.input.title like "*" };`,
};

/** What teams write to get past a forbid. No finding about a permit is to hide what the baseline does. */
const WRITTEN = [
  'permit(principal, action, resource is AgentCore::Gateway);',
  'permit(principal, action in AgentCore::Action::"notes", resource == ?resource);',
  'permit(principal is $CALLER, action in AgentCore::Action::"class:destructive", resource == ?resource);',
  'permit(principal is $CALLER, action, resource == ?resource) when { action in AgentCore::Action::"class:write" };',
  'permit(principal, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
  '@id("acme/nobody-destroys (part 0)") permit(principal, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
  '@id("nobody-destroys") permit(principal, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
  '@id("silent") @enforcement("LOG_ONLY") forbid(principal, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
  '@id("tried") @enforcement("LOG_ONLY") permit(principal, action, resource == ?resource);',
  '@id("other") forbid(principal, action == AgentCore::Action::"notes___read_note", resource == ?resource);',
];

/** What stops an app by itself. */
const STOPPED = [
  '@id("acme/nobody-destroys") permit(principal, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
  '@invariant("anybody may destroy") permit(principal, action == AgentCore::Action::"notes___delete_note", resource == ?resource);',
];

const l1 = ({ gateway }: GovernedGateway): agentcore.CfnGateway => gateway.node.defaultChild as agentcore.CfnGateway;

/** What teams do to the tree; `hands.test.ts` has all of it. */
const HANDS: { readonly [name: string]: (gateway: GovernedGateway) => void } = {
  nothing: () => undefined,
  override: (gateway) => l1(gateway).addPropertyOverride('PolicyEngineConfiguration.Mode', 'LOG_ONLY'),
  deletion: (gateway) => l1(gateway).addPropertyDeletionOverride('PolicyEngineConfiguration'),
  property: (gateway) => {
    l1(gateway).policyEngineConfiguration = undefined;
  },
  aspect: (gateway) =>
    Aspects.of(gateway).add({
      visit: (node) => {
        if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'Custom::AgentCorePolicySet')
          node.addPropertyOverride('DocumentHash', 'x');
      },
    }),
  removal: (gateway) => void gateway.node.findChild('Policies').node.tryRemoveChild('Set'),
};

const IDENTITIES: { readonly [name: string]: () => Identity } = {
  cognito: () => Identity.cognito(),
  iam: () => Identity.iam(),
  none: () => Identity.dangerouslyWithoutAuthorization('a test'),
};

const CALLERS: readonly Principal[] = [
  principalFromClaims({ sub: 'owner', username: 'owner' }),
  principalFromIam('arn:aws:iam::111122223333:role/agent'),
];

/** Codes that a team would like to acknowledge. */
const CODES = ['BASELINE_MODE', 'BASELINE_UNTOUCHED', 'POLICY_ID_DUPLICATE', 'POLICY_CHANGES_NOTHING'];

export interface Attempt {
  readonly forbid: keyof typeof FORBIDS | 'none';
  /** Where the baseline is added, and whether before the gateway. */
  readonly place: 'app' | 'stack' | 'gateway';
  readonly first: boolean;
  /** Whether another team adds a baseline that permits everything. */
  readonly rival: boolean;
  readonly mode: EnforcementMode;
  readonly identity: string;
  /** Indexes of what is written. */
  readonly written: readonly number[];
  readonly addedLater: boolean;
  readonly sharesEngine: boolean;
  readonly prune: boolean;
  readonly excludes: readonly string[];
  readonly another: 'none' | 'given' | 'later';
  readonly trusted: boolean;
  readonly checks: boolean;
  readonly ownClasses: boolean;
  readonly acknowledges: readonly string[];
  readonly hands: string;
}

/** An app whose calls are decided, and which tries nothing but to permit. */
export const PLAIN: Attempt = {
  ...{ forbid: 'class', place: 'app', first: false, rival: false, mode: EnforcementMode.ENFORCE, identity: 'cognito' },
  ...{ written: [1], addedLater: false, sharesEngine: false, prune: true, excludes: [], another: 'none' },
  ...{ trusted: false, checks: false, ownClasses: false, acknowledges: [], hands: 'nothing' },
};

/** By hand: one for each way that somebody may think of first. */
export const BY_HAND: readonly Attempt[] = [
  PLAIN,
  { ...PLAIN, forbid: 'everything', place: 'gateway', sharesEngine: true, prune: false, written: [0, 3, 8] },
  { ...PLAIN, forbid: 'condition', rival: true, another: 'later', trusted: true, checks: true, addedLater: true },
  { ...PLAIN, forbid: 'action', identity: 'iam', written: [2, 4, 5, 7], excludes: ['read_note'] },
  { ...PLAIN, excludes: ['delete_note'], written: [0] },
  { ...PLAIN, written: [1, WRITTEN.length], acknowledges: CODES },
  { ...PLAIN, mode: EnforcementMode.LOG_ONLY, acknowledges: CODES },
  { ...PLAIN, identity: 'none', written: [] },
  ...['override', 'removal'].map((hands): Attempt => ({ ...PLAIN, hands, acknowledges: CODES })),
];

function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
}

export const attempts: fc.Arbitrary<Attempt> = fc.record({
  forbid: fc.constantFrom(...(Object.keys(FORBIDS) as (keyof typeof FORBIDS)[])),
  place: fc.constantFrom('app', 'stack', 'gateway'),
  first: fc.boolean(),
  rival: fc.boolean(),
  mode: mostly(EnforcementMode.ENFORCE, EnforcementMode.LOG_ONLY),
  identity: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('cognito', 'iam') }, fc.constant('none')),
  written: fc.oneof(
    { weight: 9, arbitrary: fc.subarray([...WRITTEN.keys()], { maxLength: 4 }) },
    fc.nat(STOPPED.length - 1).map((index) => [0, WRITTEN.length + index]),
  ),
  addedLater: fc.boolean(),
  sharesEngine: fc.boolean(),
  prune: fc.boolean(),
  excludes: fc.subarray(['read_note']),
  another: fc.constantFrom('none', 'given', 'later'),
  trusted: fc.boolean(),
  checks: fc.boolean(),
  ownClasses: fc.boolean(),
  acknowledges: fc.subarray(CODES),
  hands: mostly('nothing', ...Object.keys(HANDS)),
});

/** The app of a team that wants to call what the baseline forbids. */
export function build(attempt: Attempt): App {
  const app = new App();
  const stack = new Stack(app, 'Notes');
  const above = { app, stack };
  if (attempt.first && attempt.place !== 'gateway') addBaselines(above[attempt.place], attempt);
  const caller = attempt.identity === 'iam' ? 'AgentCore::IamEntity' : 'AgentCore::OAuthUser';
  const sources = attempt.written.map((index) => {
    const text = ([...WRITTEN, ...STOPPED][index] ?? '').replace('$CALLER', caller);
    return PolicySource.fromInline(`@validation("IGNORE_ALL_FINDINGS") ${text}`);
  });
  const another = (): ReturnType<typeof notesToolsWith> => notesToolsWith({ classes: CLASSES });
  const gateway = new GovernedGateway(stack, 'Gateway', {
    mode: attempt.mode,
    identity: IDENTITIES[attempt.identity]?.() as Identity,
    targets: {
      notes: notesToolsWith({ classes: kept(attempt.excludes), excludedTools: [...attempt.excludes] }),
      ...(attempt.another === 'given' && { another: another() }),
    },
    policies: attempt.addedLater ? [] : sources,
    prune: attempt.prune,
    ...(attempt.trusted && { trustedContext: { environment: TrustedField.constant('test') } }),
    ...(attempt.checks && { steps: [Steps.inputCheck()] }),
    ...(attempt.ownClasses && { toolClasses: ['pii'] }),
    ...(attempt.sharesEngine && {
      policyEngine: agentcore.PolicyEngine.fromPolicyEngineAttributes(stack, 'Shared', { policyEngineArn: ENGINE }),
    }),
  });
  if (attempt.another === 'later') gateway.addTarget('another', another());
  if (attempt.addedLater) gateway.addPolicies(...sources);
  if (attempt.place === 'gateway') addBaselines(gateway, attempt);
  else if (!attempt.first) addBaselines(above[attempt.place], attempt);
  for (const code of attempt.acknowledges)
    Validations.of(gateway).acknowledge({ id: `governed-gateway::${code}`, reason: 'mine' });
  HANDS[attempt.hands]?.(gateway);
  return app;
}

const CLASSES = { read_note: ['read'], delete_note: ['write', 'destructive'] };

function kept(excluded: readonly string[]): { readonly [tool: string]: string[] } {
  return Object.fromEntries(Object.entries(CLASSES).filter(([tool]) => !excluded.includes(tool)));
}

function addBaselines(scope: App | Stack | GovernedGateway, { forbid, rival }: Attempt): void {
  if (forbid !== 'none') {
    const policy = PolicySource.fromInline(`@id("nobody-destroys") ${FORBIDS[forbid]}`);
    GovernanceBaseline.of(scope).add({ name: 'acme', policies: [policy] });
  }
  if (!rival) return;
  const everything = PolicySource.fromInline(
    '@id("all") @validation("IGNORE_ALL_FINDINGS") permit(principal, action, resource == ?resource);',
  );
  GovernanceBaseline.of(scope).add({ name: 'rival', policies: [everything], enforceIn: [] });
}

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
  readonly Condition?: string;
}

/** Tools that an assembly lets somebody call though they destroy: by its template, and by the document that is deployed. */
export function letThrough(directory: string, { forbid }: Attempt): string[] {
  const json = <T>(name: string): T => JSON.parse(readFileSync(join(directory, name), 'utf8')) as T;
  const { targets } = json<GatewayManifest>('Notes.Gateway.gateway.json');
  const tools =
    forbid === 'action' || !targets.some(({ name }) => name === 'another') ? ['notes'] : ['notes', 'another'];
  const destroying = tools.map((name) => `${name}___delete_note`);
  const resources = Object.values(json<{ Resources: { [id: string]: Resource } }>('Notes.template.json').Resources);
  const gateway = resources.find(({ Type }) => Type === 'AWS::BedrockAgentCore::Gateway');
  const set = resources.find(({ Type }) => Type === 'Custom::AgentCorePolicySet');
  const engine = gateway?.Properties['PolicyEngineConfiguration'] as { readonly Mode?: string } | undefined;
  if (engine?.Mode !== 'ENFORCE' || gateway?.Properties['AuthorizerType'] === 'NONE') return destroying;
  const deployed = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .find((name) => documentHash(readFileSync(join(directory, name))) === set?.Properties['DocumentHash']);
  if (deployed === undefined || set?.Condition !== undefined) return destroying;
  const { policies } = json<PolicySetDocument>(deployed);
  const gatewayArn = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/notes-0123456789';
  const policySet = preparePolicySet({ policies: [...policies], targets, gatewayArn, mode: 'ENFORCE' });
  const now = new Date('2026-01-01T12:00:00Z');
  return destroying.filter((tool) =>
    CALLERS.some((principal) => authorize(policySet, { principal, tool, input: { title: 'a' }, now }).allowed),
  );
}
