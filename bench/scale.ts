// 40 policies on classes over 300 and over 3,000 tools in up to 100 targets: validation, what is deployed, a decision, a list, the matrix and
// the synthesis of their gateways (three of them, and tools without arguments, since the service limits the schema of a gateway's tools).
// Ends with 4 when ten times the tools take more than 12.5 times as long, when validation takes longer than bench/policy-validate.ts allows
// 1,000 policies over 300 tools, when what is deployed is beyond the limits of statements, or when another tool changes more than one part
// of each policy that is for it.
// Run: npx tsx bench/scale.ts
import { EXIT } from '../lib/cli/exit-code';
import { LIMITS } from '../lib/contract/limits';
import { LOCAL_GATEWAY_ARN } from '../lib/contract/local-arn';
import { deployedPolicies } from '../lib/contract/tool-classes/deployed-policies';
import { accessMatrix } from '../lib/policy/access/access-matrix';
import { authorize } from '../lib/policy/decision/authorize';
import { listTools } from '../lib/policy/decision/list-tools';
import { preparePolicySet } from '../lib/policy/decision/policy-set';
import { readTestFile } from '../lib/policy/testing/file/read-test-file';
import { validatePolicySet } from '../lib/policy/validation/validate';
import { median } from './policy-subject';
import { callOn, classedTargets, classPolicies, synthesize } from './scale-subject';

const POLICIES = 40;
const TOOLS = [300, 3_000];
const ROUNDS = 3;
const CALLS = 200;
/** Of bench/policy-validate.ts. */
const LIMIT_VALIDATION_SECONDS = 3;
const LIMIT_GROWTH = 1.25;

const PERSONAS = `personas:
  a: { claims: { department: department-1 } }
  b: { claims: { department: department-2 } }
tests:
  - { name: listed, as: a, list: { includes: [] } }
`;

const policies = classPolicies(POLICIES);
const { testFile } = readTestFile('bench.test.yaml', PERSONAS);
if (testFile === undefined) throw new Error('the test file is wrong');

/** Seconds of CPU, the best of some rounds. */
function seconds(run: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.min(...rounds);
}

function measured(count: number): { readonly [what: string]: number } {
  const targets = classedTargets(count);
  const input = { policies, texts: new Map<string, string>(), targets, mode: 'ENFORCE', trustedContext: [] } as const;
  const set = preparePolicySet({ policies, targets, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
  const calls = Array.from({ length: CALLS }, (_, index) => callOn(index, count));
  const gateway = { ...input, gatewayArn: LOCAL_GATEWAY_ARN, trusted: { onSpoof: 'overwrite', tables: {} } } as const;
  const [first] = calls;
  if (first === undefined || testFile === undefined) throw new Error('nothing to measure');
  const codes = new Set(validatePolicySet(input).map(({ code }) => code));
  console.log(`${count} tools: findings ${[...codes].join(', ') || 'none'}`);
  const unknown = calls.filter((call) => !set.schema.tools.has(call.tool));
  if (unknown.length > 0) throw new Error(`no tool ${unknown[0]?.tool}`);
  return {
    validation: seconds(() => validatePolicySet(input)),
    deployed: seconds(() => deployedPolicies(policies, targets)),
    'a decision': median(calls.map((call) => seconds(() => authorize(set, call)))),
    'a list': seconds(() => listTools(set, first.principal, first.now)),
    'the matrix': seconds(() => accessMatrix(gateway, set, [testFile])),
    'a synthesis': seconds(() => synthesize(count)),
  };
}

const [small, large] = TOOLS.map(measured);
for (const [what, time] of Object.entries(large ?? {})) {
  const growth = time / (small?.[what] ?? Number.NaN);
  const isOver = growth > 10 * LIMIT_GROWTH || (what === 'validation' && time > LIMIT_VALIDATION_SECONDS);
  if (isOver) process.exitCode = EXIT.doesNotHold;
  console.log(
    `${what}: ${(time * 1e3).toFixed(2)} ms, ${growth.toFixed(1)} times that of 300 tools${isOver ? ', too long' : ''}`,
  );
}

const targets = classedTargets(3_000);
const deployed = deployedPolicies(policies, targets);
const sizes = deployed.map(({ statementParts }) => Buffer.byteLength(statementParts.join(LOCAL_GATEWAY_ARN)));
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${deployed.length} statements of up to ${Math.max(...sizes)} bytes, ${total} bytes together`);
if (Math.max(...sizes) > LIMITS.statementMaxBytes || total > LIMITS.statementTotalBytes)
  process.exitCode = EXIT.doesNotHold;

const [target, ...others] = targets;
if (target === undefined) throw new Error('no target');
const [tool] = target.tools;
const extended = [
  { ...target, tools: [...target.tools, { ...tool, name: 'one_more' } as typeof tool & object] },
  ...others,
];
const before = new Map(deployed.map((policy) => [policy.name, policy.statementParts.join('')]));
const changed = deployedPolicies(policies, extended).filter(
  ({ name, statementParts }) => before.get(name) !== statementParts.join(''),
);
console.log(`one tool more changes ${changed.length} of ${deployed.length} statements`);
if (changed.length > (tool?.classes?.length ?? 0) + 1) process.exitCode = EXIT.doesNotHold;
