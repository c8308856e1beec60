import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { GatewayDashboard, GovernedGateway } from '../../../../lib';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import { type DrawnWidget, drawWidgets } from '../../../../lib/emulator/dashboard/drawn-widgets';
import { MetricStore } from '../../../../lib/emulator/dashboard/metric-store';
import type { Widget } from '../../../../lib/emulator/dashboard/widgets';
import { denialLine } from '../../../lambda/block-notices/lines';
import { findingsOf } from '../../synth-findings';
import { checkByAllRules } from '../../template-rules';
import { specErrors } from '../../template-spec';
import { publish } from './publish';

const app = new App({ analyticsReporting: false });
checkByAllRules(app);
const stack = new Stack(app, 'Operations', { env: { account: '111122223333', region: 'eu-west-1' } });
const gateway = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Claims', {
  gatewayId: 'claims-a1b2c3d4e5',
  policyEngineId: 'Claims-abcdefghij',
  denialLogGroup: LogGroup.fromLogGroupName(stack, 'Denials', '/aws/lambda/response'),
  functions: {
    interceptors: ['request', 'response'].map((name) => lambda.Function.fromFunctionName(stack, name, name)),
    tools: [lambda.Function.fromFunctionName(stack, 'tools', 'tools')],
  },
});
const applicationLogGroup = LogGroup.fromLogGroupName(stack, 'Application', '/aws/vendedlogs/claims');
const ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/claims-a1b2c3d4e5';

new GatewayDashboard(stack, 'Dashboard', { gateway, mode: 'ENFORCE', commit: '0123456789abcdef', applicationLogGroup });
const template = Template.fromStack(stack);

/** The body as CloudWatch gets it. */
function bodyOf(): string {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = (dashboard as { Properties: { DashboardBody: JsonValue } }).Properties.DashboardBody;
  if (typeof body === 'string') return body;
  const [, parts] = (body as { 'Fn::Join': [string, JsonValue[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : known(part))).join('');
}

/** What CloudFormation puts in: the partition, the Region, the name in a function's ARN. */
function known(intrinsic: JsonValue): string {
  const text = JSON.stringify(intrinsic);
  return /:function:(\w+)"/.exec(text)?.[1] ?? (text.includes('AWS::Region') ? 'eu-west-1' : 'aws');
}

const NOON = Date.parse('2026-11-20T12:00:00Z');

/** An afternoon at the gateway, in the platform's series. */
function afternoon(): MetricStore {
  const store = new MetricStore();
  const [PLATFORM, OWN] = ['AWS/Bedrock-AgentCore', 'GovernedGateway'];
  const decide = (metric: string, count: number, policy: string, mode = 'ENFORCE'): void => {
    const dimensions = {
      OperationName: 'AuthorizeAction',
      TargetResource: 'claims-a1b2c3d4e5',
      PolicyEngine: 'Claims-abcdefghij',
      Policy: policy,
      Mode: mode,
      PolicyEnforcementMode: 'ACTIVE',
    };
    for (let n = 0; n < count; n++) publish(store, NOON, PLATFORM, metric, 'AuthorizeAction', dimensions);
    for (let n = 0; n < count; n++) {
      // Another gateway of the account.
      publish(store, NOON, PLATFORM, metric, 'AuthorizeAction', { ...dimensions, TargetResource: 'other-a1b2c3d4e5' });
      // What lists show is decided by the other operation.
      publish(store, NOON, PLATFORM, metric, 'PartiallyAuthorizeActions', {
        ...dimensions,
        OperationName: 'PartiallyAuthorizeActions',
        ToolName: 'a___b',
      });
    }
  };
  decide('AllowDecisions', 120, 'permit-abcdefghij');
  decide('DenyDecisions', 7, 'amount_cap-abcdefghij');
  decide('DenyDecisions', 5, 'regions-abcdefghij');
  decide('DenyDecisions', 3, 'regions-abcdefghij', 'LOG_ONLY');
  decide('MismatchErrors', 2, 'broken-abcdefghij');
  decide('NoDeterminingPolicies', 4, 'none-abcdefghij');
  for (const [tool, count] of [
    ['Claims___pay', 8],
    ['other', 1],
  ] as const) {
    for (let n = 0; n < count; n++) publish(store, NOON, OWN, 'Denials', undefined, { Gateway: 'claims', Tool: tool });
    publish(store, NOON, OWN, 'Denials', undefined, { Gateway: 'elsewhere', Tool: tool });
  }
  const request = { Operation: 'InvokeGateway', Protocol: 'MCP', Resource: ARN };
  for (const ms of [40, 60, 50])
    store.add(PLATFORM, 'Latency', { OperationName: 'AuthorizeAction', TargetResource: 'claims-a1b2c3d4e5' }, ms, NOON);
  for (const ms of [300, 500])
    store.add(PLATFORM, 'TargetExecutionTime', { ...request, Method: 'tools/call' }, ms, NOON);
  for (const name of ['request', 'response'])
    for (const ms of [8, 12]) store.add('AWS/Lambda', 'Duration', { FunctionName: name }, ms, NOON);
  for (const metric of ['Throttles', 'SystemErrors'])
    for (const n of [1, 0, 2]) publish(store, NOON, PLATFORM, metric, undefined, request, n);
  for (const name of ['request', 'response', 'tools'])
    for (const n of [0, 1]) store.add('AWS/Lambda', 'Errors', { FunctionName: name }, n, NOON);
  return store;
}

const denials = Array.from({ length: 60 }, (_, n) => {
  const time = new Date(Date.parse('2026-11-20T02:00:00Z') + n * 1_000).toISOString();
  return {
    '@timestamp': time,
    ...denialLine({ caller: n === 59 ? '<script>window.injected = 1</script>' : `caller-${n}` }),
  };
});
const policyLine = {
  '@timestamp': '2026-11-20T02:00:00.000Z',
  request_id: 'r-1',
  body: {
    log: 'Policy evaluation denied request',
    policy: {
      decision: 'DENY',
      reason: 'Policy evaluation denied due to amount_cap-abcdefghij',
      principal: { entityId: 'sub-of-ann' },
    },
  },
};
const LOGS = {
  '/aws/lambda/response': [...denials, { '@timestamp': '2026-11-20T03:00:00.000Z', message: 'START' }],
  '/aws/vendedlogs/claims': [policyLine, { ...policyLine, body: { log: 'Executing tool Claims___pay' } }],
};

const LINES = [...LOGS['/aws/lambda/response'], ...LOGS['/aws/vendedlogs/claims']] as unknown as JsonObject[];
const { widgets } = JSON.parse(bodyOf()) as { widgets: Widget[] };
const drawn = drawWidgets(widgets, afternoon(), LINES, { from: NOON, to: NOON + 60_000 });
const widget = (title: string): DrawnWidget | undefined => drawn.find((one) => one.title.includes(title));
const totals = (title: string): string[] =>
  (widget(title)?.series ?? []).map(({ label, total }) => `${label} ${Math.round(total)}`);

describe('the dashboard of a gateway, drawn as the page of the emulator draws it', () => {
  it('says at the top which gateway, mode and commit it is about', () => {
    expect(drawn[0]?.markdown).toBe(
      '# claims\nmode **ENFORCE** · commit **0123456789ab** · gateway `claims-a1b2c3d4e5`',
    );
  });

  // Covers gateway.dashboard-body
  it('counts every decision once', () => {
    expect(totals('Decisions')).toEqual(['Allowed 120', 'Denied 12', 'Would be denied 3']);
    expect(totals('Look at these')).toEqual(['Would be denied 3', 'Undecided 2', 'No policy applies 4']);
    expect(totals('Denials by tool')).toEqual(['Claims___pay 8', 'other 1']);
    expect(totals('Denials by policy')).toEqual(['amount_cap-abcdefghij 7', 'regions-abcdefghij 8']);
  });

  it('shows how long everything takes and what fails', () => {
    expect(totals('Milliseconds')).toEqual([
      'Policies, p90 60',
      'Interceptor 1 of 2, p90 12',
      'Interceptor 2 of 2, p90 12',
      'Targets, average 400',
    ]);
    expect(totals('Throttles and errors')).toEqual([
      'Throttled requests 3',
      'Server errors 3',
      'Errors of interceptor 1 1',
      'Errors of interceptor 2 1',
      'Errors of tools 1 1',
    ]);
  });

  it('lists the last 50 denials with caller, tool and reason, the last one first', () => {
    const rows = widget('Last 50 denials')?.table?.rows ?? [];
    expect(rows).toHaveLength(50);
    expect(rows[1]).toEqual([
      '2026-11-20T02:00:58.000Z',
      'caller-58',
      'Claims___pay',
      'Policy evaluation denied due to amount_cap-abcdefghij',
      'policy',
    ]);
    expect(widget('under LOG_ONLY among them')?.table?.rows).toHaveLength(1);
  });

  it('knows every kind of widget, and no widget covers another', () => {
    expect(drawn.map(({ kind }) => kind)).not.toContain('unknown');
    expect(drawn).toHaveLength(9);
    for (const [index, { place: a }] of drawn.entries()) {
      for (const { place: b } of drawn.slice(index + 1)) {
        const apart = (one: typeof a, other: typeof a): boolean =>
          one.column + one.width <= other.column || one.row + one.height <= other.row;
        expect(apart(a, b) || apart(b, a)).toBe(true);
      }
    }
  });
});

describe('the dashboard as a resource', () => {
  it('is what the resource specification knows, without a warning and a finding of cdk-nag', () => {
    expect(findingsOf(app)).toEqual([]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    expect(specErrors(template.toJSON() as JsonObject)).toEqual([]);
  });
});
