import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployedPolicies } from '../../lib/contract/tool-classes/deployed-policies';
import type { DecisionSummary } from '../../lib/decisions/summary/summary';
import { loadPolicies, PolicySource } from '../../lib/policy/source/source';
import type { GatewayReport } from '../../lib/report/gateway-report';
import { recordOf, spanOf } from '../decisions/observed';
import { claimsApp, FixtureApp, tool } from '../emulator/fixture';
import { CommandLine } from './command-line';

const app = new FixtureApp();
const line = new CommandLine();
const TOOLS = Array.from({ length: 200 }, (_, index) => ({
  ...tool(`read_the_register_of_claims_of_region_number_${index}`),
  classes: ['read'],
}));
const READ = 'principal is AgentCore::OAuthUser, action in AgentCore::Action::"class:read", resource == ?resource';
const SOURCES = [
  PolicySource.fromInline(`permit(${READ});`, { id: 'readers' }),
  PolicySource.fromInline(`@enforcement("LOG_ONLY")\nforbid(${READ}) when { principal.id == "eve" };`, { id: 'watch' }),
];

/** Spans of calls that were decided by the parts of `readers`, and that those of `watch` would have decided otherwise. */
function spans(): string[] {
  const { policies } = loadPolicies(SOURCES, { nameSeed: 'Deployed' });
  const targets = [{ name: 'Claims', tools: TOOLS }];
  app.manifest(
    claimsApp(app, {
      stackName: 'Deployed',
      path: 'Deployed/Gateway',
      policies,
      targets: targets.map((one) => ({ ...one, kind: 'lambda' as const })),
    }),
  );
  const parts = deployedPolicies(policies, targets);
  const ids = (id: string): string[] => parts.flatMap((part) => (part.partOf === id ? `${part.name}-a1b2c3d4e5` : []));
  expect(ids('readers').length).toBeGreaterThan(1);
  const common = {
    'aws.agentcore.gateway.policy.mode': 'ENFORCE',
    'aws.agentcore.policy.authorization_decision': 'ALLOW',
  };
  return ids('readers').flatMap((determining, index) =>
    [
      spanOf('AgentCore.Gateway.InvokeTool', { ...common, 'tool.name': `Claims___${TOOLS[0]?.name}` }, `r-${index}`),
      spanOf(
        'AgentCore.Policy.AuthorizeAction',
        {
          ...common,
          'aws.agentcore.policy.determining_policies': [determining],
          'aws.agentcore.policy.log_only_decision_flipping_policies': ids('watch'),
        },
        `r-${index}`,
      ),
    ].map((span) => JSON.stringify(span)),
  );
}

let calls = 0;

beforeAll(() => {
  const lines = spans();
  calls = lines.length / 2;
  app.write('spans.jsonl', lines.join('\n'));
  const denied = {
    part: 'response',
    outcome: 'denied',
    refusedBy: 'policy',
    tool: `Claims___${TOOLS[0]?.name}`,
  } as const;
  const { policies } = loadPolicies(SOURCES, { nameSeed: 'Deployed' });
  const reason = `Policy evaluation denied due to ${policies[1]?.name}-a1b2c3d4e5, ${policies[1]?.name}`;
  app.write('denied.jsonl', JSON.stringify(recordOf({ ...denied, reason })));
});

afterAll(() => {
  app.remove();
  line.remove();
});

async function json<T>(...args: string[]): Promise<T> {
  const { out, err } = await line.run([...args, '--format', 'json'], '', app.directory);
  return JSON.parse(out === '' ? `"${err}"` : out) as T;
}

describe('policies that the service names', () => {
  it('are told by their ids in the sources, and parts of one as the one that they are', async () => {
    const { policies } = await json<DecisionSummary>('decisions', '--file', 'spans.jsonl', '--app', '.');
    expect(policies).toEqual([{ key: 'readers', counts: { allowed: calls }, total: calls }]);
    const denied = await json<DecisionSummary>('decisions', '--file', 'denied.jsonl', '--app', '.');
    expect(denied.policies.map(({ key }) => key)).toEqual(['watch']);
  });

  it('count for the policy that a promotion asks about', async () => {
    const { policies } = await json<{ policies: { policy: string; checks: { name: string; detail: string }[] }[] }>(
      ...['promote', '--file', 'spans.jsonl', '--app', '.', '--frozen'],
    );
    expect(policies.map(({ policy }) => policy)).toEqual(['watch']);
    expect(policies[0]?.checks.find(({ name }) => name === 'changes are expected')?.detail).toBe(
      `${calls} calls would change, ${calls} of them unexpected`,
    );
  });

  it('are those of the report', async () => {
    const { decisions } = await json<GatewayReport>('report', '--file', 'denied.jsonl', '--app', '.', '--frozen');
    expect(decisions).toMatchObject({ value: { denials: [{ policies: ['watch'] }] } });
  });

  it('keep their names where nobody knows them', async () => {
    const { policies } = await json<DecisionSummary>('decisions', '--file', 'spans.jsonl');
    expect(policies.map(({ key }) => key)).toEqual(
      Array(calls).fill(expect.stringMatching(/^readers_p\w+_[0-9a-f]{8}$/)),
    );
  });
});
