// Validation of policy sets of growing size against 300 tools, all lints included.
// Run: npx tsx bench/policy-validate.ts
import { validatePolicySet } from '../lib/policy/validate';
import { policiesOf, targetsOf } from './policy-subject';

const TOOLS = 300;
const COUNTS = [250, 500, 1_000];
const LIMIT_SECONDS = 3;

const targets = targetsOf(TOOLS);
validatePolicySet({ policies: policiesOf(10, TOOLS), texts: new Map(), targets, mode: 'ENFORCE', trustedContext: [] });
let smallest: number | undefined;
for (const count of COUNTS) {
  const policies = policiesOf(count, TOOLS);
  const start = process.cpuUsage();
  const wall = process.hrtime.bigint();
  const findings = validatePolicySet({ policies, texts: new Map(), targets, mode: 'ENFORCE', trustedContext: [] });
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const elapsed = Number(process.hrtime.bigint() - wall) / 1e9;
  smallest ??= seconds;
  const growth = `${(seconds / smallest).toFixed(2)} times the smallest for ${count / (COUNTS[0] ?? 1)} times the policies`;
  console.log(
    `${count} policies x ${TOOLS} tools: ${seconds.toFixed(2)} s of CPU, ${elapsed.toFixed(2)} s elapsed (${(seconds / LIMIT_SECONDS).toFixed(2)} of the limit), ${growth}, ${findings.length} findings`,
  );
}
