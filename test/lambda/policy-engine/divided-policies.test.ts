import { expect, it } from 'vitest';
import { deployedPolicies } from '../../../lib/contract/tool-classes/deployed-policies';
import { GATEWAY_ID, policy, Scenario } from './scenario';

const name = (index: number) => `tool_${'x'.repeat(60)}_${index}`;
const targetOf = (count: number) => ({
  name: 'notes',
  tools: Array.from({ length: count }, (_, index) => ({ name: name(index), classes: ['read'] })),
});

/** A permit and a forbid on a class, as they are deployed over so many tools. */
function setOf(count: number) {
  const onClass = (id: string, effect: 'permit' | 'forbid', condition: string) => {
    const one = policy(`${id}_00000000`, { id, effect, body: condition });
    const statementParts = one.statementParts.map((part) =>
      part.replace('action == AgentCore::Action::"notes___read"', 'action in AgentCore::Action::"class:read"'),
    );
    return { ...one, statementParts };
  };
  const written = [
    onClass('readers', 'permit', 'when { principal.hasTag("role") };'),
    onClass('nobody', 'forbid', 'unless { principal.hasTag("role") };'),
  ];
  return deployedPolicies(written, [targetOf(count)]);
}

/** While a policy is updated, it decides as it was. */
const IN_FORCE = ['ACTIVE', 'UPDATING'];

/** A service whose gateway has so many tools. */
class ManyTools extends Scenario {
  count = 0;

  override attach(engineArn: string | undefined, gatewayId = GATEWAY_ID): void {
    super.attach(engineArn, gatewayId);
    this.setTools(this.count);
  }

  setTools(count: number): void {
    this.count = count;
    const gateway = this.controlPlane.gateways.get(GATEWAY_ID);
    const tools = targetOf(count).tools.map((tool) => `notes___${tool.name}`);
    if (gateway !== undefined) this.controlPlane.gateways.set(GATEWAY_ID, { ...gateway, tools });
  }

  /** Tools that policies of an effect name which are in force. */
  named(effect: 'permit' | 'forbid'): Set<string> {
    const texts = this.controlPlane.policies
      .current()
      .filter(({ status, statement }) => IN_FORCE.includes(status) && statement.startsWith(effect))
      .map(({ statement }) => statement);
    return new Set(texts.flatMap((text) => [...text.matchAll(/"notes___(\w+)"/g)].map(([, tool = '']) => tool)));
  }
}

it('is divided further when its class grows, and whole again when it shrinks: no tool falls out of it meanwhile', async () => {
  const [few, many] = [60, 380];
  const scenario = new ManyTools();
  scenario.count = few;
  const [small, large] = [setOf(few), setOf(many)];
  expect(small.map(({ partOf }) => partOf)).toEqual([undefined, undefined]);
  expect(large.filter(({ partOf }) => partOf === 'readers').length).toBeGreaterThan(2);
  expect((await scenario.deploy(small)).reasons).toEqual([]);

  const old = targetOf(few).tools.map((tool) => tool.name);
  let moments = 0;
  scenario.controlPlane.faultOf = () => {
    for (const effect of ['permit', 'forbid'] as const) {
      const held = scenario.named(effect);
      expect(old.filter((tool) => !held.has(tool))).toEqual([]);
    }
    moments += 1;
    return undefined;
  };
  scenario.setTools(many);
  expect((await scenario.deploy(large)).reasons).toEqual([]);
  expect(scenario.policies).toEqual(large.map((part) => `${part.name} ACTIVE`).toSorted());
  expect(scenario.named('permit').size).toBe(many);

  // Another tool of the class: one part of each policy is another text, and nothing else is written but the bridge of a forbid that changes.
  const before = scenario.writes.length;
  scenario.setTools(many + 1);
  expect((await scenario.deploy(setOf(many + 1))).reasons).toEqual([]);
  const written = scenario.writes.slice(before);
  expect(written.map((write) => write.replace(/_.*/, ''))).toEqual([
    'CreatePolicy bridge',
    'UpdatePolicy readers',
    'UpdatePolicy nobody',
    'DeletePolicy bridge',
  ]);

  expect((await scenario.deploy(small)).reasons).toEqual([]);
  expect(scenario.policies).toEqual(small.map((part) => `${part.name} ACTIVE`).toSorted());
  expect(moments).toBeGreaterThan(10);
});
