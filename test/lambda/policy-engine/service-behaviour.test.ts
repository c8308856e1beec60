import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../doubles/control-plane/control-plane';
import { BAD_BODY, body, policy, Scenario } from './scenario';

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}_${index}`);
}

function busiestSecond(requests: readonly Recorded[]): number {
  const times = requests
    .filter(({ operation }) => /^(Create|Update|Delete)Policy$/.test(operation))
    .map(({ at }) => at);
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1_000).length));
}

describe('what the service does', () => {
  // Covers policy.writes
  it('takes five writes in a second, and is never asked for more', async () => {
    const scenario = new Scenario();
    await scenario.deploy(names('p', 40).map((name) => policy(name)));
    expect(busiestSecond(scenario.controlPlane.requests)).toBe(5);
    expect(scenario.controlPlane.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('throttles: the pace adapts to a limit that others use up, and recovers', async () => {
    const scenario = new Scenario({ service: { writesPerSecond: 2 } });
    const result = await scenario.deploy(names('p', 40).map((name) => policy(name)));
    expect(result.status).toBe('COMPLETE');
    const throttled = scenario.controlPlane.requests.filter(({ status }) => status === 429);
    expect(throttled.length).toBeGreaterThan(0);
    expect(throttled.length).toBeLessThan(20);
  });

  // Covers assumed.stuck-policies
  it('is stuck in CREATING: the policy is cleared and tried once more', async () => {
    const scenario = new Scenario();
    let stuck = 1;
    scenario.controlPlane.faultOf = (_, operation) =>
      operation === 'CreatePolicy' && stuck-- > 0 ? 'stuck' : undefined;
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
    expect(scenario.writes.slice(1)).toEqual(['CreatePolicy read', 'DeletePolicy read', 'CreatePolicy read']);
    const before = scenario.writes.length;
    await scenario.deploy([policy('read'), policy('write')]);
    expect(scenario.writes.slice(before)).toEqual(['CreatePolicy write']);
  });

  it.each([300_000, 60_000])('is stuck in CREATING twice: that is reported, with ticks of %d ms', async (time) => {
    const scenario = new Scenario({ tick: () => ({ time }) });
    scenario.controlPlane.faultOf = (_, operation) => (operation === 'CreatePolicy' ? 'stuck' : undefined);
    const result = await scenario.deploy([policy('read')]);
    expect(result.status).toBe('ROLLED_BACK');
    expect(result.reasons[0]).toMatch(/^policies\/read.cedar:3:1 `notes\/read`: still CREATING after 1[89]\d s$/m);
    expect(result.reasons[0]).toContain('help: the service did not end what it had accepted');
    expect(scenario.writes.filter((write) => write === 'CreatePolicy read').length).toBeLessThanOrEqual(2);
    expect(scenario.policies).toEqual([]);
  });

  it('does not know yet that the role may invoke the gateway', async () => {
    const scenario = new Scenario();
    scenario.controlPlane.mayInvoke = false;
    const deployment = scenario.stack.deploy(scenario.template([policy('read')]));
    await scenario.clock.pass(25_000);
    scenario.controlPlane.mayInvoke = true;
    expect((await scenario.clock.run(deployment)).status).toBe('COMPLETE');
  });

  // Covers assumed.rights-delay
  it('denies for longer than IAM needs', async () => {
    const scenario = new Scenario();
    scenario.controlPlane.mayInvoke = false;
    const probe = await scenario.deploy([policy('read')]);
    expect(probe.reasons[0]).toContain('Insufficient permissions to call gateway with ID notes-0123456789');
    expect(probe.reasons[0]).toContain('help: allow `bedrock-agentcore:InvokeGateway`');
    scenario.controlPlane.faultOf = (_, operation) => (operation === 'CreatePolicyEngine' ? 'denied' : undefined);
    const call = await scenario.deploy([policy('read')]);
    expect(call.reasons[0]).toBe(
      '`CreatePolicyEngine` was denied: not authorized to perform CreatePolicyEngine\nhelp: allow `bedrock-agentcore:CreatePolicyEngine` ' +
        'to the role of this custom resource',
    );
  });

  it('denies at first, as long as IAM propagates', async () => {
    const scenario = new Scenario();
    const ready = scenario.clock.now() + 30_000;
    scenario.controlPlane.faultOf = () => (scenario.clock.now() < ready ? 'denied' : undefined);
    expect((await scenario.deploy([policy('read')])).status).toBe('COMPLETE');
  });

  it('shows its writes late, one page at a time', async () => {
    const scenario = new Scenario({ service: { lag: 6_000, pageSize: 1 } });
    await scenario.deploy([policy('a'), policy('b'), policy('c', { effect: 'forbid' })]);
    const result = await scenario.deploy([policy('a', { body: body('x') }), policy('d', { effect: 'forbid' })]);
    expect(result.status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['a ACTIVE', 'd ACTIVE']);
    const refused = scenario.controlPlane.requests.filter(({ status }) => status >= 400);
    expect(refused.filter(({ operation }) => operation !== 'ListPolicies' && operation !== 'GetPolicyEngine')).toEqual(
      [],
    );
  });

  // Covers assumed.policy-names-unique
  it('has names that are unique in the account', async () => {
    const scenario = new Scenario();
    const other = await scenario.foreignEngine('other_engine');
    await scenario.foreignPolicy(other, 'read');
    const result = await scenario.deploy([policy('read')]);
    expect(result.reasons[0]).toContain('the name is taken by a policy that is not in this engine');
    expect(result.reasons[0]).toContain('help: policy names are unique in an account and Region');
    expect(scenario.policies).toEqual(['read ACTIVE']);
  });

  it('calls the gateway, whose interceptor refuses', async () => {
    const scenario = new Scenario();
    scenario.controlPlane.interceptorRefuses = true;
    const result = await scenario.deploy([policy('read')]);
    expect(result.reasons[0]).toContain('policies/read.cedar:3:1 `notes/read`: InterceptorException');
    expect(result.reasons[0]).toContain('help: the REQUEST interceptor refused the call');
  });

  // Covers policy.wildcard-resource
  it('refuses a wildcard resource at once', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const wildcard = policy('wild', {
      statementParts: ['permit(principal is AgentCore::OAuthUser, action, resource) when { true };'],
    });
    const result = await scenario.deploy([policy('read', { body: body('x') }), wildcard]);
    expect(result.reasons[0]).toContain(
      'policies/wild.cedar:3:1 `notes/wild`: When parsing the policy statement, a wildcard',
    );
    expect(result.reasons[0]).toContain('help: write `resource == ?resource`');
    expect(scenario.statementOf('read')).not.toContain('"x"');
  });

  it('judges a forbid without permits as too restrictive, so permits come first and ACTIVE', async () => {
    const scenario = new Scenario();
    const result = await scenario.deploy([policy('deny', { effect: 'forbid' }), policy('read')]);
    expect(result.status).toBe('COMPLETE');
    const alone = new Scenario();
    const lonely = await alone.deploy([policy('deny', { effect: 'forbid' })]);
    expect(lonely.reasons[0]).toContain('Overly Restrictive');
    expect(lonely.reasons[0]).toContain('help: narrow the forbid');
  });

  // Covers assumed.statement-layout
  it('lays statements out in its own way', async () => {
    const scenario = new Scenario({ service: { layOut: (statement) => `${statement.replace(/, /g, ',\n  ')}\n` } });
    await scenario.deploy([policy('read')]);
    const before = scenario.writes.length;
    await scenario.deploy([policy('read'), policy('write')]);
    expect(scenario.writes.slice(before)).toEqual(['CreatePolicy write']);
  });

  it('returns another statement than it was given', async () => {
    const scenario = new Scenario({ service: { layOut: (statement) => statement.replace('role', 'roles') } });
    const result = await scenario.deploy([policy('read')]);
    expect(result.reasons[0]).toContain('the service accepts the policy, but keeps returning another one');
    expect(result.reasons[0]).toContain('help: most likely somebody else, or a second run of this deployment');
  });

  it('fails one of two ticks at once: both return to the previous set, and the error names a cause', async () => {
    const plans = [{ time: 300_000 }, { time: 300_000, twice: true }];
    const scenario = new Scenario({ shared: true, tick: () => plans.shift() ?? { time: 300_000 } });
    const engineId = await scenario.foreignEngine();
    await scenario.deployShared(engineId, [policy('read', { body: body('before') })]);
    let failures = 0;
    scenario.controlPlane.faultOf = (_, operation) => {
      if (operation !== 'UpdatePolicy') return undefined;
      failures += 1;
      return failures === 1 ? 'failure' : undefined;
    };
    const result = await scenario.deployShared(engineId, [policy('read', { body: body('after') })]);
    expect(result.status).toBe('ROLLED_BACK');
    expect(result.reasons[0]).toMatch(/internal failure of the validation|changes the policy at the same time/);
    expect(scenario.statementOf('read')).toContain('before');
    expect(scenario.policies).toEqual(['read ACTIVE']);
  });

  it('answers a repeated token from memory, about a policy that is gone', async () => {
    const scenario = new Scenario({ shared: true });
    const engineId = await scenario.foreignEngine();
    // Somebody removes the new policy at once, so that the same creation is sent again.
    let removals = 1;
    scenario.controlPlane.faultOf = (_, operation) => {
      const [view] = scenario.controlPlane.policies.current();
      if (operation !== 'ListPolicySummaries' || view?.status !== 'ACTIVE' || removals-- <= 0) return undefined;
      scenario.controlPlane.policies.tamper(view.policyId, undefined);
      return undefined;
    };
    expect((await scenario.deployShared(engineId, [policy('read')])).status).toBe('COMPLETE');
    expect(scenario.policies).toEqual(['read ACTIVE']);
    const tokens = scenario.controlPlane.requests
      .map(({ input }) => input['clientToken'])
      .filter((token) => token !== undefined);
    expect(new Set(tokens).size).toBe(2);
  });

  it('keeps what nobody declared when `Prune` is false, and says so', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const engineId = scenario.stack.resources.get('Engine')?.data['PolicyEngineId'] ?? '';
    await scenario.foreignPolicy(engineId, 'by_hand', 'an experiment');
    await scenario.deploy([policy('write')], { set: { Prune: 'false' } });
    expect(scenario.policies).toEqual(['by_hand ACTIVE', 'write ACTIVE']);
    const report = {
      level: 'warn',
      message: 'a policy that nobody declared is in the engine',
      fields: { policy: 'by_hand' },
    };
    expect(scenario.provider.lines).toContainEqual(report);
  });

  it('removes what nobody declared, and logs its statement first', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read')]);
    const engineId = scenario.stack.resources.get('Engine')?.data['PolicyEngineId'] ?? '';
    const { statement } = await scenario.foreignPolicy(engineId, 'by_hand', 'an experiment');
    const linesBefore = scenario.provider.lines.length;
    await scenario.deploy([policy('write')]);
    expect(scenario.policies).toEqual(['write ACTIVE']);
    const lines = scenario.provider.lines.slice(linesBefore);
    const logged = lines.findIndex(({ fields }) => fields['statement'] === statement);
    expect(lines[logged]).toMatchObject({ level: 'warn', fields: { policy: 'by_hand', description: 'an experiment' } });
    const removed = lines.findIndex(
      ({ message, fields }) => message === 'remove policy' && fields['policy'] === 'by_hand',
    );
    expect(logged).toBeLessThan(removed);
    expect(lines.filter(({ level, fields }) => level === 'info' && 'statement' in fields)).toEqual([]);
  });

  it('writes one line per action, with policy, operation, status and duration', async () => {
    const scenario = new Scenario();
    await scenario.deploy([policy('read'), policy('bad', { body: BAD_BODY })]);
    const created = scenario.provider.lines.find(({ message }) => message === 'create policy');
    expect(created?.fields).toEqual({ policy: 'read', operation: 'create', status: 'CREATING', durationMs: 20 });
    const failed = scenario.provider.lines.find(({ message }) => message === 'policy failed');
    expect(failed?.fields['reasons']).toEqual([
      'unable to guarantee safety of access to optional attribute `input.limit`',
    ]);
    expect(JSON.stringify(scenario.provider.lines)).not.toContain('permit(');
  });

  it('takes 1,000 policies of 10,000 characters', async () => {
    const scenario = new Scenario();
    const filler = (index: number): string => `${index} `.padEnd(10_000, 'x');
    const policies = names('p', 1_000).map((name, index) => {
      const short = policy(name).statementParts.join('').length + 58;
      return policy(name, {
        body: `when { principal.hasTag("role") };//${filler(index).slice(0, 10_000 - short - 40)}`,
      });
    });
    const engineId = await scenario.foreignEngine();
    const result = await scenario.deployShared(engineId, policies);
    expect(result).toEqual({ status: 'COMPLETE', reasons: [] });
    expect(scenario.policies).toHaveLength(1_000);
    expect(
      Math.max(...scenario.controlPlane.policies.current().map(({ statement }) => statement.length)),
    ).toBeGreaterThan(9_900);
  });
});
