import { quote } from '../../contract/cedar-string';
import { concerns, IN_FORCE } from '../../contract/drift/compare-policies';
import type { DeployedPolicy } from '../../contract/drift/read-deployed';
import { readLock } from '../../contract/lock';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { parseStatement } from '../../policy/source/parsed-policy';
import { unboundStatement } from '../generation/unbound-statement';
import type { AdoptableGateway } from './read-adoptable';
import { secretIn } from './secrets';

/** The policies of an engine as files. */
export interface ExpressedPolicies {
  /** Texts by path in the app. */
  readonly files: ReadonlyMap<string, string>;
  readonly notes: readonly Diagnostic[];
}

/** One file for each policy, named as the policy is, with the slot in the place of the gateway. */
export function expressPolicies(adopted: AdoptableGateway): ExpressedPolicies {
  const files = new Map<string, string>();
  const notes: Diagnostic[] = [];
  const written: string[] = [];
  for (const policy of adopted.policies) {
    const text = policyText(policy, adopted.arn);
    const reason = reasonAgainst(policy, text, adopted.arn);
    if (reason !== undefined) {
      notes.push(diagnostic('ADOPT_POLICY_LEFT', { policy: policy.name, reason }));
      continue;
    }
    files.set(freePath(files, policy.name), text);
    written.push(policy.policyId);
  }
  const { engineArn = '' } = adopted;
  const engine = engineArn.replace(/^.*\//, '');
  const twice = written.length === 0 ? [] : [diagnostic('ADOPT_POLICIES_TWICE', { policies: written, engine })];
  return { files, notes: [...notes, ...twice] };
}

function policyText({ statement, description, enforcementMode }: DeployedPolicy, gatewayArn: string): string {
  const bound = unboundStatement(statement.trim(), gatewayArn);
  const own = annotationsOf(bound);
  const lines = [
    ...(description === '' || own.has('description') ? [] : [`@description(${quote(description)})`]),
    ...(enforcementMode === 'ACTIVE' || own.has('enforcement') ? [] : [`@enforcement(${quote(enforcementMode)})`]),
  ];
  return [...lines, bound, ''].join('\n');
}

function annotationsOf(statement: string): ReadonlySet<string> {
  const parsed = parseStatement(statement);
  return new Set(parsed.ok ? Object.keys(parsed.json.annotations ?? {}) : []);
}

function reasonAgainst(policy: DeployedPolicy, text: string, gatewayArn: string): string | undefined {
  const { statement, status } = policy;
  const lock = readLock(policy);
  if (lock !== undefined) return `it is a lock, which ends ${new Date(lock.end).toISOString()}`;
  if (!concerns(statement, gatewayArn)) return 'it is about another gateway';
  if (secretIn(statement, 'statement') !== undefined) return 'it holds a secret, which no file may hold';
  if (!IN_FORCE.has(status)) return `it is ${status}, so that it decides nothing`;
  const parsed = parseStatement(text);
  return parsed.ok ? undefined : 'it is no Cedar that the version here reads';
}

/**
 * Policies with the annotation that has the service take them whatever it finds: which policies were made so, the control plane does not
 * tell.
 * @param paths of those that the service would refuse otherwise
 */
export function unvalidated(files: ReadonlyMap<string, string>, paths: ReadonlySet<string>): Map<string, string> {
  const annotation = '@validation("IGNORE_ALL_FINDINGS")';
  return new Map([...files].map(([path, text]) => [path, paths.has(path) ? `${annotation}\n${text}` : text]));
}

/** `Allow_Finance` is `policies/allow-finance.cedar`; a name that is taken gets a number. */
function freePath(files: ReadonlyMap<string, string>, name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['policy'];
  for (let number = 1; ; number += 1) {
    const path = `policies/${words.join('-')}${number === 1 ? '' : `-${number}`}.cedar`;
    if (!files.has(path)) return path;
  }
}
