// One decision of a warmed set of 200 policies over 50 tools, against cedar-wasm's own stateful call on the whole set. Ends with 4 when it
// takes more than a third of the faster one.
// Run: npx tsx bench/policy-authorize.ts
import { EXIT } from '../lib/cli/exit-code';
import { LOCAL_GATEWAY_ARN } from '../lib/contract/local-arn';
import { ask, authorizePrepared } from '../lib/policy/cedar/cedar';
import { authorize } from '../lib/policy/decision/authorize';
import { cedarRequest } from '../lib/policy/decision/cedar-request';
import { listTools } from '../lib/policy/decision/list-tools';
import { preparePolicySet } from '../lib/policy/decision/policy-set';
import { callOf, median, policiesOf, targetsOf } from './policy-subject';

const POLICIES = 200;
const TOOLS = 50;
const CALLS = 200;
const ROUNDS = 9;
const LIMIT = 1 / 3;

const targets = targetsOf(TOOLS);
const set = preparePolicySet({
  policies: policiesOf(POLICIES, TOOLS),
  targets,
  mode: 'ENFORCE',
  gatewayArn: LOCAL_GATEWAY_ARN,
});
const calls = Array.from({ length: CALLS }, (_, index) => callOf(index, TOOLS));
const requests = calls.map((call) => {
  const tool = set.schema.tools.get(call.tool);
  if (tool === undefined) throw new Error(call.tool);
  return cedarRequest(set, tool, call);
});
const statements = Object.fromEntries([...set.policies.values()].map(({ policy, text }) => [policy.id, text]));
const whole = { statements };
ask((cedar) => cedar.preparseSchema('whole', set.schema.json));
ask((cedar) => cedar.preparsePolicySet('whole', { staticPolicies: statements }));

const ways = {
  'cedar-wasm, stateful, whole set with schema': () =>
    requests.map((request) =>
      ask((cedar) =>
        cedar.statefulIsAuthorized({ ...request, preparsedPolicySetId: 'whole', preparsedSchemaName: 'whole' }),
      ),
    ),
  'cedar-wasm, stateful, whole set without schema': () => requests.map((request) => authorizePrepared(whole, request)),
  authorize: () => calls.map((call) => authorize(set, call)),
};

const times = new Map<string, number[]>();
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(ways)) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    const each = (user + system) / 1e3 / CALLS;
    if (round > 0) times.set(name, [...(times.get(name) ?? []), each]);
  }
}
const own = median(times.get('authorize') ?? []);
for (const [name, measured] of times) {
  console.log(
    `${name}: ${median(measured).toFixed(3)} ms a decision, authorize takes ${(own / median(measured)).toFixed(2)} of it`,
  );
}
const others = [...times].filter(([name]) => name !== 'authorize').map(([, measured]) => median(measured));
if (own > LIMIT * Math.min(...others)) process.exitCode = EXIT.doesNotHold;
const [first] = calls;
if (first) {
  const start = process.hrtime.bigint();
  for (let round = 0; round < ROUNDS; round += 1) listTools(set, first.principal, first.now);
  console.log(
    `listTools over ${TOOLS} tools: ${(Number(process.hrtime.bigint() - start) / 1e6 / ROUNDS).toFixed(1)} ms`,
  );
}
