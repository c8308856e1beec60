/**
 * How long the policy set resource takes for 200 policies, on the double's virtual time (3 s activation, 5 requests per second), and how much
 * memory the real bundle takes for 1,000 policies, in a process of its own over HTTP. Run: `npx tsx bench/policy-engine.ts`.
 */

import { EXIT } from '../lib/cli/exit-code';
import { POLICY_SET_RESOURCE_TYPE } from '../lib/contract/custom-resources';
import { LIMITS } from '../lib/contract/limits';
import { type DesiredPolicy, documentHash } from '../lib/contract/policy-set-document';
import { serve, serveObjects } from '../test/doubles/control-plane/clients';
import { ControlPlane } from '../test/doubles/control-plane/control-plane';
import { LambdaProcess, SPEED } from '../test/lambda/policy-engine/lambda-process';
import { ENVIRONMENT, GATEWAY_ARN, GATEWAY_ID, policy, Scenario } from '../test/lambda/policy-engine/scenario';

const COUNT = 200;
const ACTIVATION = 3_000;
const FLOOR = (COUNT / LIMITS.policyWritesPerSecond) * 1_000;

/** Four permits to each forbid. */
function policies(count: number, filler = ''): DesiredPolicy[] {
  return Array.from({ length: count }, (_, index) =>
    policy(`p${index}`, {
      effect: index % 5 === 4 ? 'forbid' : 'permit',
      body: `when { principal.hasTag("role") };${filler && `//${filler}`}`,
    }),
  );
}

async function reconciled(): Promise<number> {
  const scenario = new Scenario({ service: { activation: ACTIVATION } });
  const engineId = await scenario.foreignEngine();
  const start = scenario.clock.now();
  const result = await scenario.deployShared(engineId, policies(COUNT));
  if (result.status !== 'COMPLETE') throw new Error(result.reasons.join('\n'));
  return scenario.clock.now() - start;
}

/** One behind the other, each begun as soon as the one before is ACTIVE: the best that a chain of native resources can do. */
async function chained(): Promise<number> {
  const scenario = new Scenario({ service: { activation: ACTIVATION } });
  const { clock, controlPlane } = scenario;
  const engineId = await scenario.foreignEngine();
  const start = clock.now();
  for (const { name, statementParts } of policies(COUNT)) {
    const content = {
      statement: statementParts.join(GATEWAY_ARN),
      description: name,
      enforcementMode: 'ACTIVE' as const,
    };
    const tools = new Set(['notes___read']);
    const context = { tools, hasPermit: true, findingsFail: true, interceptorRefuses: false, notInvocable: undefined };
    await clock.pass(controlPlane.options.latency);
    controlPlane.policies.create(engineId, name, content, context, {});
    await clock.pass(ACTIVATION);
  }
  return clock.now() - start;
}

/** Peak memory of the bundle's process while it deploys 1,000 policies. */
async function memory(filler: string): Promise<number> {
  const start = Date.now();
  const clock = {
    now: (): number => start + (Date.now() - start) * SPEED,
    sleep: (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds / SPEED)),
  };
  const controlPlane = new ControlPlane(clock, { latency: 0, activation: ACTIVATION });
  const { policyEngineId, policyEngineArn } = controlPlane.engines.create({
    name: 'bench_engine',
    description: undefined,
    encryptionKeyArn: undefined,
    tags: {},
  });
  await clock.sleep(5_000);
  controlPlane.gateways.set(GATEWAY_ID, {
    gatewayId: GATEWAY_ID,
    gatewayArn: GATEWAY_ARN,
    name: 'notes',
    tools: ['notes___read'],
    policyEngineConfiguration: { arn: policyEngineArn, mode: 'ENFORCE' },
  });
  const document = JSON.stringify({ version: 1, policies: policies(1_000, filler) });
  const objects = new Map([['assets/policies-set', document]]);
  const servers = [await serve(controlPlane), await serveObjects(objects)] as const;
  const event = {
    RequestType: 'Create',
    RequestId: 'bench',
    StackId: ENVIRONMENT.STACK_ID,
    ResourceType: POLICY_SET_RESOURCE_TYPE,
    LogicalResourceId: 'Set',
    PhysicalResourceId: `${policyEngineId}/Set`,
    ResourceProperties: {
      PolicyEngineId: policyEngineId,
      GatewayIdentifier: GATEWAY_ID,
      GatewayArn: GATEWAY_ARN,
      DocumentKey: 'policies-set',
      DocumentHash: documentHash(document),
      Prune: 'true',
      GatewayMode: 'ENFORCE',
    },
  };
  const endpoints = { controlPlane: servers[0].url, objects: servers[1].url };
  const answer = await new LambdaProcess(endpoints, { handler: 'isComplete', event, time: 840_000 }).answer;
  await Promise.all(servers.map((server) => server.close()));
  if (answer === 'died' || answer.result?.['IsComplete'] !== true) {
    throw new Error(answer === 'died' ? answer : (answer.error ?? 'not complete in one tick'));
  }
  return answer.memory;
}

async function main(): Promise<void> {
  const own = await reconciled();
  const chain = await chained();
  const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  const report = (line: string): void => void process.stdout.write(`${line}\n`);
  report(
    `${COUNT} policies, ${seconds(ACTIVATION)} activation, ${LIMITS.policyWritesPerSecond} writes per second (virtual time)`,
  );
  report(`  floor of the rate limit   ${seconds(FLOOR)}`);
  report(`  policy set resource       ${seconds(own)}  ${(own / FLOOR).toFixed(2)} times the floor (at most 1.2)`);
  report(`  one behind the other      ${seconds(chain)}  ${(own / chain).toFixed(2)} of it (at most 0.2)`);
  report('1,000 policies, the real bundle over HTTP, peak memory of its process');
  report(`  short statements          ${megabytes(await memory(''))}`);
  report(`  10,000 characters each    ${megabytes(await memory('x'.repeat(9_700)))}`);
  if (own > FLOOR * 1.2 || own > chain / 5) process.exitCode = EXIT.doesNotHold;
}

void main();
