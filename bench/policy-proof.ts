// Proofs about policy sets of two sizes: five invariants on every tool, all lints by proof, and the access diff of a change of five policies. Ends with 4
// when a set takes more CPU than its limit. The best of three rounds counts: whatever else runs only slows.
// Run: npx tsx bench/policy-proof.ts

import { EXIT } from '../lib/cli/exit-code';
import { OAUTH_USER } from '../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../lib/contract/local-arn';
import { type PolicySet, preparePolicySet } from '../lib/policy/decision/policy-set';
import { compareAccess } from '../lib/policy/proof/access-diff/access-diff';
import { checkInvariants } from '../lib/policy/proof/invariants/check-invariants';
import { PolicyLoading } from '../lib/policy/source/policy-loading';
import { staticTruth } from '../lib/policy/validation/truth/static-truth';
import { PolicyView } from '../lib/policy/validation/view/policy-view';
import { policiesOf, targetsOf } from './policy-subject';

const SIZES = [
  { policies: 200, tools: 50, limit: 1 },
  { policies: 1_000, tools: 300, limit: 4 },
];
const ROUNDS = 3;
const CHANGED = 5;

const INVARIANTS = ['finance', 'sales', 'ops', 'legal', 'hr'].map(
  (department) => `@invariant("${department} is not enough alone")
forbid (principal, action, resource)
when { principal.hasTag("department") && principal.getTag("department") == "${department}" && !principal.hasTag("cognito:groups") };`,
);

const loading = new PolicyLoading('bench');
loading.add({ file: 'bench.invariant.cedar', text: INVARIANTS.join('\n'), defaultId: 'bench', kind: 'invariants' });

for (const { policies, tools, limit } of SIZES) {
  const targets = targetsOf(tools);
  const set = preparePolicySet({
    policies: policiesOf(policies, tools),
    targets,
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    const checked = checkInvariants({ invariants: loading.invariants, set });
    const found = lints(set);
    const changed = diff(set, targets);
    const { user, system } = process.cpuUsage(start);
    return {
      seconds: (user + system) / 1e6,
      found,
      changed: changed.changes.length,
      undecided: checked.filter(({ verdict }) => verdict.kind === 'undecided').length + changed.undecided.length,
    };
  }).toSorted((a, b) => a.seconds - b.seconds);
  const [{ seconds, found, changed, undecided }] = rounds as [(typeof rounds)[number]];
  if (seconds > limit || undecided > 0) process.exitCode = EXIT.doesNotHold;
  console.log(
    `${policies} policies x ${tools} tools, 5 invariants, ${found} findings of lints, a diff with ${changed} changes: ${seconds.toFixed(2)} s of CPU (${(seconds / limit).toFixed(2)} of the limit), ${undecided} undecided`,
  );
}

/** What lints ask, of callers with tokens; Cedar's own validation is not in it. */
function lints({ policies, schema, gatewayArn }: PolicySet): number {
  const views = [...policies.values()].map((prepared) => new PolicyView(prepared, gatewayArn, undefined, schema.tools));
  const none = new Set<PolicyView>();
  const tools = [...schema.tools.values()];
  const truth = staticTruth({
    policies: views,
    broken: none,
    impossible: none,
    tools,
    gatewayArn,
    principalType: OAUTH_USER,
  });
  return (
    truth.never.size + truth.redundant.size + truth.failures.length + truth.unreachable.length + truth.denied.length
  );
}

/** Five limits are lowered, as a pull request does it. */
function diff(set: PolicySet, targets: ReturnType<typeof targetsOf>) {
  const policies = [...set.policies.values()].map(({ policy }) => policy);
  const limited = policies.filter(({ statementParts }) => statementParts.join('').includes('.5")')).slice(-CHANGED);
  const changed = policies.map((policy) =>
    limited.includes(policy)
      ? { ...policy, statementParts: policy.statementParts.map((part) => part.replace('.5")', '.4")')) }
      : policy,
  );
  const common = { targets, mode: set.mode, gatewayArn: set.gatewayArn, principalType: OAUTH_USER } as const;
  return compareAccess({ before: { ...common, policies }, after: { ...common, policies: changed } });
}
