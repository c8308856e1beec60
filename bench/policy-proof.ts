// Proofs about policy sets of two sizes: five invariants on every tool, and the questions of the lints (matches always, matches never). Ends with 4
// when a set takes more CPU than its limit. The best of three rounds counts: whatever else runs only slows.
// Run: npx tsx bench/policy-proof.ts

import { EXIT } from '../lib/cli/exit-code';
import { OAUTH_USER } from '../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../lib/contract/local-arn';
import { type PolicySet, preparePolicySet } from '../lib/policy/decision/policy-set';
import { checkInvariants } from '../lib/policy/proof/invariants/check-invariants';
import { Prover } from '../lib/policy/proof/prover';
import { PolicyLoading } from '../lib/policy/source/policy-loading';
import { policiesOf, targetsOf } from './policy-subject';

const SIZES = [
  { policies: 200, tools: 50, limit: 1 },
  { policies: 1_000, tools: 300, limit: 4 },
];
const ROUNDS = 3;

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
    const checked = checkInvariants({ invariants: loading.invariants, set, targets });
    const questions = lintQuestions(set);
    const { user, system } = process.cpuUsage(start);
    return {
      seconds: (user + system) / 1e6,
      questions,
      undecided: checked.filter(({ verdict }) => verdict.kind === 'undecided').length,
    };
  }).toSorted((a, b) => a.seconds - b.seconds);
  const [{ seconds, questions, undecided }] = rounds as [(typeof rounds)[number]];
  if (seconds > limit || undecided > 0) process.exitCode = EXIT.doesNotHold;
  console.log(
    `${policies} policies x ${tools} tools, 5 invariants and ${questions} questions of lints: ${seconds.toFixed(2)} s of CPU (${(seconds / limit).toFixed(2)} of the limit), ${undecided} undecided`,
  );
}

function lintQuestions(set: PolicySet): number {
  const prover = new Prover({ gatewayArn: set.gatewayArn, principalType: OAUTH_USER });
  let asked = 0;
  for (const tool of set.schema.tools.values()) {
    for (const { json } of set.candidates(tool)) {
      const { matches } = prover.verdict(json, tool);
      prover.isPossible(matches, tool);
      prover.isPossible(prover.formulas.not(matches), tool);
      asked += 2;
    }
  }
  return asked;
}
