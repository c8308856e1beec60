import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockPolicy } from '../../lib/contract/lock';
import { CommandLine } from '../cli/command-line';
import { ENGINE_ID, GATEWAY_ARN } from '../contract/drift/drift-fixture';
import { Deployment } from './deployment';

const terminal = new CommandLine();
let deployment: Deployment;

afterAll(() => terminal.remove());

beforeEach(async () => {
  deployment = new Deployment();
  await deployment.start();
});

afterEach(() => deployment.stop());

function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return terminal.run(['verify', '--control-plane', '--app', deployment.directory, ...args]);
}

const nameOf = (name: string): string =>
  deployment.controlPlane.policies.current(ENGINE_ID).find((one) => one.name === name)?.policyId ?? '';

describe('governed-gateway verify --control-plane', () => {
  it('finds a deployment as declared, over several pages, without signing anybody in', async () => {
    expect(await verify()).toEqual({ code: 0, out: 'Notes/Gateway: deployed as declared\n', err: '' });
    const operations = new Set(deployment.controlPlane.requests.map(({ operation }) => operation));
    expect([...operations].sort()).toEqual([
      'GetGateway',
      'GetGatewayTarget',
      'ListGatewayRateLimits',
      'ListGatewayTargets',
      'ListPolicies',
    ]);
  });

  it('says what differs, as text, as data and as SARIF at the line of the policy', async () => {
    deployment.tamper((gateway) => {
      gateway['policyEngineConfiguration'] = { arn: 'arn:aws:x', mode: 'LOG_ONLY' };
      gateway['interceptorConfigurations'] = [];
    });
    deployment.controlPlane.policies.tamper(nameOf('readers'), { statement: 'permit(principal, action, resource);' });
    const text = await verify();
    expect(text.code).toBe(2);
    expect(text.out).toContain('Notes/Gateway: 5 things differ');
    expect(text.out).toContain('gateway `notes`: `policyEngineConfiguration.mode` is `LOG_ONLY` instead of `ENFORCE`');
    expect(text.out).toContain('interceptor `REQUEST` is declared and not deployed');
    const data = JSON.parse((await verify('--format', 'json')).out) as {
      gateways: { drift: number; diagnostics: object[] }[];
    };
    expect(data.gateways[0]).toMatchObject({ gateway: 'Notes/Gateway', drift: 5, locks: 0 });
    expect(data.gateways[0]?.diagnostics).toHaveLength(5);
    const sarif = JSON.parse((await verify('--format', 'sarif')).out) as {
      runs: {
        results: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[];
      }[];
    };
    const changed = sarif.runs[0]?.results.filter(({ ruleId }) => ruleId === 'DRIFT_CHANGED');
    const places = changed?.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
    // What is no policy stands at the file that says what the app is.
    expect(new Set(places)).toEqual(new Set(['policies/readers.cedar', 'cdk.json']));
  });

  it('shows locks, and does not take them for drift', async () => {
    const order = {
      gatewayArn: GATEWAY_ARN,
      callers: 'AgentCore::OAuthUser',
      scope: { kind: 'tool', name: 'Notes___write' },
      reason: 'runs\u001b[2J wild',
    } as const;
    const add = (start: number, end: number): void => {
      const { name, ...content } = lockPolicy({ ...order, start, end });
      const check = {
        tools: new Set<string>(),
        hasPermit: true,
        findingsFail: false,
        interceptorRefuses: false,
        notInvocable: undefined,
      };
      const { policyId } = deployment.controlPlane.policies.create(ENGINE_ID, name, content, check, {});
      deployment.controlPlane.policies.tamper(policyId, { status: 'ACTIVE' });
    };
    add(Date.now(), Date.now() + 3_600_000);
    add(0, 3_600_000);
    const { code, out } = await verify();
    expect(code).toBe(0);
    expect(out).toMatch(/a lock stops tool `Notes___write` until `\d{4}-.*Z`: runs \[2J wild/);
    expect(out).toContain('a lock of tool `Notes___write` that ended at `1970-01-01T01:00:00.000Z` is still there');
  });

  it('is patient with a service that throttles, breaks and is slow', async () => {
    deployment.cloudFormation.throttles = 2;
    deployment.controlPlane.faultOf = (index) => (['throttle', 'error', 'reset'] as const)[index];
    expect(await verify()).toMatchObject({ code: 0, out: 'Notes/Gateway: deployed as declared\n' });
  });

  it.each([
    [
      'a right is missing',
      () => {
        deployment.controlPlane.faultOf = (_, operation) => (operation === 'ListPolicies' ? 'denied' : undefined);
      },
      '`ListPolicies` was not answered: AccessDeniedException',
    ],
    [
      'the stack is not deployed',
      () => void deployment.cloudFormation.stacks.pop(),
      '`DescribeStacks` was not answered: ValidationError: Stack with id Notes does not exist',
    ],
    ['the gateway is gone', () => deployment.controlPlane.gateways.clear(), 'does not exist'],
    ['the template is not there', () => deployment.write('Notes.template.json', {}), 'is not beside it'],
  ])('says nothing about what it read before when %s', async (_, change, message) => {
    change();
    const { code, out, err } = await verify();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
  });
});
