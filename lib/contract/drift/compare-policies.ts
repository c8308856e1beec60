import { PROOF_CONDITION } from '../interceptor-proof';
import { type FoundLock, readLock } from '../lock';
import type { DesiredPolicy } from '../policy-set-document';
import { canonicalStatement } from '../statement';
import type { DeclaredGateway } from './declared-gateway';
import type { Difference } from './difference';
import type { DeployedPolicy } from './read-deployed';

/** A lock as it is deployed. */
export interface DeployedLock {
  readonly policyId: string;
  readonly lock: FoundLock;
  /** Whether it denies what it names, as far as the engine goes. */
  readonly inForce: boolean;
}

/** The locks of a gateway, those of other gateways in the same engine left out. */
export function deployedLocks(policies: readonly DeployedPolicy[], gatewayArn: string, now: number): DeployedLock[] {
  return policies.flatMap((policy) => {
    const lock = readLock(policy);
    if (lock?.gatewayArn !== gatewayArn) return [];
    const inForce = IN_FORCE.has(policy.status) && policy.enforcementMode === 'ACTIVE' && now < lock.end;
    return [{ policyId: policy.policyId, lock, inForce }];
  });
}

/** Also a policy that is changed, and one whose change failed, decides: by its statement of before. */
export const IN_FORCE: ReadonlySet<string> = new Set(['ACTIVE', 'UPDATING', 'UPDATE_FAILED', 'DELETE_FAILED']);

type Declaration = Pick<DeclaredGateway, 'policies' | 'gatewayArn' | 'ownsEngine'>;

/** Differences between the policies that an app declares and those of the engine: text, enforcement, and what nobody declared. */
export function comparePolicies(declared: Declaration, deployed: readonly DeployedPolicy[]): Difference[] {
  const byName = new Map(deployed.map((policy) => [policy.name, policy]));
  const names = new Set(declared.policies.map(({ name }) => name));
  return [
    ...declared.policies.flatMap((policy) => comparePolicy(policy, declared.gatewayArn, byName.get(policy.name))),
    ...deployed.filter(({ name }) => !names.has(name)).flatMap((policy) => undeclared(policy, declared)),
  ];
}

function comparePolicy(
  { id, statementParts, enforcementMode }: DesiredPolicy,
  gatewayArn: string,
  found: DeployedPolicy | undefined,
): Difference[] {
  const of = { subject: 'policy', name: id } as const;
  const statement = statementParts.join(gatewayArn);
  if (found === undefined) return [{ ...of, kind: 'missing', declared: statement }];
  const isSame = shapeOfDeclared(statement) === shapeOfDeployed(found.statement);
  return [
    ...(isSame
      ? []
      : [{ ...of, kind: 'changed' as const, member: 'statement', declared: statement, deployed: found.statement }]),
    ...(found.enforcementMode === enforcementMode
      ? []
      : [
          {
            ...of,
            kind: 'changed' as const,
            member: 'enforcementMode',
            declared: enforcementMode,
            deployed: found.enforcementMode,
          },
        ]),
    ...(found.status === 'ACTIVE' ? [] : [{ ...of, kind: 'unsettled' as const, deployed: found.status }]),
  ];
}

/**
 * In an engine of the gateway's own every policy counts. In one that it shares, those that name another gateway do not concern it. A lock that
 * denies nothing, because it was made LOG_ONLY, is no lock.
 */
function undeclared(policy: DeployedPolicy, { gatewayArn, ownsEngine }: Declaration): Difference[] {
  const lock = readLock(policy);
  if (lock?.gatewayArn === gatewayArn && policy.enforcementMode === 'ACTIVE') return [];
  if (!ownsEngine && !concerns(policy.statement, gatewayArn)) return [];
  return [{ kind: 'undeclared', subject: 'policy', name: policy.name, deployed: policy.statement }];
}

/** Whether a statement in a shared engine is about a gateway: it names that, or none. */
export function concerns(statement: string, gatewayArn: string): boolean {
  const gateways = statement.match(/:gateway\/[A-Za-z0-9-]+/g) ?? [];
  return gateways.length === 0 || gateways.some((one) => gatewayArn.endsWith(one));
}

const CONDITION = canonicalStatement(PROOF_CONDITION);
const [BEFORE = '', AFTER = ''] = CONDITION.split('"ggp_placeholder"');
/** What a deployment makes of the condition: one proof, or two while they rotate. Their values nobody reads here. */
const ONE = `${escaped(BEFORE)}"ggp_[0-9a-f]{64}"${escaped(AFTER)}`;
const DEPLOYED_CONDITION = new RegExp(`\\( ${ONE}(?: \\|\\| ${ONE})? \\)`, 'g');
/** Stands in no statement: Cedar has no such token. */
const PROOF = '\u0001';

function shapeOfDeclared(statement: string): string {
  return canonicalStatement(statement).replaceAll(CONDITION, PROOF);
}

/** A deployed policy that takes the placeholder, which everybody knows, has another shape than any that was declared. */
function shapeOfDeployed(statement: string): string {
  return canonicalStatement(statement).replace(DEPLOYED_CONDITION, PROOF);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
