// Validation of policy sets of growing size against 300 tools, all lints included. Ends with 4 when 1,000 policies take more than 3 s,
// or when four times the policies take more than five times as long. The best of three rounds counts: whatever else runs only slows.
// Run: npx tsx bench/policy-validate.ts
import { EXIT } from '../lib/cli/exit-code';
import type { DesiredPolicy } from '../lib/contract/policy-set-document';
import { validatePolicySet } from '../lib/policy/validation/validate';
import { policiesOf, targetsOf } from './policy-subject';

const TOOLS = 300;
const COUNTS = [250, 500, 1_000];
const ROUNDS = 3;
const LIMIT_SECONDS = 3;
/** Growth over growth of the set: 1 is linear. */
const LIMIT_GROWTH = 1.25;

const targets = targetsOf(TOOLS);
validatePolicySet({ policies: policiesOf(10, TOOLS), texts: new Map(), targets, mode: 'ENFORCE', trustedContext: [] });

/** Seconds of CPU and of the clock that one validation takes. */
function measured(policies: readonly DesiredPolicy[]): { seconds: number; elapsed: number; findings: number } {
  const start = process.cpuUsage();
  const wall = process.hrtime.bigint();
  const findings = validatePolicySet({ policies, texts: new Map(), targets, mode: 'ENFORCE', trustedContext: [] });
  const { user, system } = process.cpuUsage(start);
  const elapsed = Number(process.hrtime.bigint() - wall) / 1e9;
  return { seconds: (user + system) / 1e6, elapsed, findings: findings.length };
}

let smallest: number | undefined;
for (const count of COUNTS) {
  const policies = policiesOf(count, TOOLS);
  const rounds = Array.from({ length: ROUNDS }, () => measured(policies)).toSorted((a, b) => a.seconds - b.seconds);
  const { seconds = 0, elapsed = 0, findings = 0 } = rounds[0] ?? {};
  smallest ??= seconds;
  const times = count / (COUNTS[0] ?? 1);
  const growth = `${(seconds / smallest).toFixed(2)} times the smallest for ${times} times the policies`;
  if (seconds > LIMIT_SECONDS || seconds / smallest > times * LIMIT_GROWTH) process.exitCode = EXIT.doesNotHold;
  console.log(
    `${count} policies x ${TOOLS} tools: ${seconds.toFixed(2)} s of CPU, ${elapsed.toFixed(2)} s elapsed (${(seconds / LIMIT_SECONDS).toFixed(2)} of the limit), ${growth}, ${findings} findings`,
  );
}
