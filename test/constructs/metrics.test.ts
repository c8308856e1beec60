import { Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { User } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { GovernanceError, GovernedGateway, type IGovernedGateway } from '../../lib';
import { METRIC_SERIES } from '../../lib/constructs/metrics/metric-series';
import { METRIC_NAMESPACE } from '../../lib/contract/decision-metrics';
import { OPERATIONS_METRICS, OPERATIONS_NAMESPACE } from '../../lib/contract/operations-metrics';
import { notesProps, stackWith } from './notes-gateway';

const stack = new Stack(undefined, 'Operations', { env: { account: '111122223333', region: 'eu-west-1' } });
const imported = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Notes', {
  gatewayId: 'notes-a1b2c3d4e5',
  policyEngineId: 'Notes-abcdefghij',
});
const ARN = 'arn:<partition>:bedrock-agentcore:eu-west-1:111122223333:gateway/notes-a1b2c3d4e5';
const REQUEST = { Operation: 'InvokeGateway', Protocol: 'MCP', Resource: ARN };
const DECISION = { OperationName: 'AuthorizeAction', TargetResource: 'notes-a1b2c3d4e5' };

/** Dimensions of a metric; a partition that is only known at deployment is written `<partition>`. */
function dimensionsOf(metric: Metric): { [name: string]: string } {
  const entries = Object.entries(metric.dimensions ?? {}).map(([name, value]) => {
    const resolved: unknown = stack.resolve(value);
    if (typeof resolved === 'string') return [name, resolved];
    const [, parts] = (resolved as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
    return [name, parts.map((part) => (typeof part === 'string' ? part : '<partition>')).join('')];
  });
  return Object.fromEntries(entries) as { [name: string]: string };
}

/** The one error of a metric that cannot be had. */
function refusal(name: string, options?: MetricOptions): { code: string; help: string } {
  try {
    imported.metric(name, options);
  } catch (error) {
    if (GovernanceError.is(error) && error.diagnostics[0]) return error.diagnostics[0];
    throw error;
  }
  throw new Error(`${name} was not refused`);
}

describe('metrics of a governed gateway', () => {
  // Source: supplement of the platform contract, exact series; see METRIC_SERIES.
  it.each<[string, (gateway: IGovernedGateway) => Metric, string, object, string]>([
    ['metricAllowed', (gateway) => gateway.metricAllowed(), 'AllowDecisions', DECISION, 'Sum'],
    ['metricDenied', (gateway) => gateway.metricDenied(), 'DenyDecisions', { ...DECISION, Mode: 'ENFORCE' }, 'Sum'],
    [
      'metricWouldBeDenied',
      (gateway) => gateway.metricWouldBeDenied(),
      'DenyDecisions',
      { ...DECISION, Mode: 'LOG_ONLY' },
      'Sum',
    ],
    [
      'metricUndecided',
      (gateway) => gateway.metricUndecided(),
      'MismatchErrors',
      { ...DECISION, PolicyEnforcementMode: 'ACTIVE' },
      'Sum',
    ],
    ['metricUnmatched', (gateway) => gateway.metricUnmatched(), 'NoDeterminingPolicies', DECISION, 'Sum'],
    ['metricPolicyLatency', (gateway) => gateway.metricPolicyLatency(), 'Latency', DECISION, 'p90'],
    ['metricInvocations', (gateway) => gateway.metricInvocations(), 'Invocations', REQUEST, 'Sum'],
    [
      'metricInvocations of a tool',
      (gateway) => gateway.metricInvocations({ tool: 'notes___read_note' }),
      'Invocations',
      { ...REQUEST, Method: 'tools/call', Name: 'notes___read_note' },
      'Sum',
    ],
    ...(['metricDenied', 'metricWouldBeDenied'] as const).map(
      (name): [string, (gateway: IGovernedGateway) => Metric, string, object, string] => [
        `${name} of a policy`,
        (gateway) => gateway[name]({ policy: 'cap-abcdefghij' }),
        'DenyDecisions',
        { ...DECISION, Policy: 'cap-abcdefghij', Mode: name === 'metricDenied' ? 'ENFORCE' : 'LOG_ONLY' },
        'Sum',
      ],
    ),
    ['metricDenials', (gateway) => gateway.metricDenials(), 'Denials', { Gateway: 'notes' }, 'Sum'],
    [
      'metricDenials of a tool',
      (gateway) => gateway.metricDenials({ tool: 'notes___read_note' }),
      'Denials',
      { Gateway: 'notes', Tool: 'notes___read_note' },
      'Sum',
    ],
    [
      'metricEnforcementChanged',
      (gateway) => gateway.metricEnforcementChanged(),
      'EnforcementChanged',
      { Gateway: 'notes' },
      'Sum',
    ],
  ])('%s has exactly one documented set of dimensions', (_, metricOf, metricName, dimensions, statistic) => {
    const metric = metricOf(imported);
    const isOwn = Object.values<string>(OPERATIONS_METRICS).includes(metricName);
    const namespace = isOwn ? OPERATIONS_NAMESPACE : METRIC_NAMESPACE;
    expect(metric).toMatchObject({ namespace, metricName, statistic });
    expect(dimensionsOf(metric)).toEqual(dimensions);
    const names = Object.keys(dimensions).sort();
    const sets = METRIC_SERIES.filter((series) => series.metricName === metricName).flatMap(
      (series) => series.dimensionSets,
    );
    expect(sets.map((set) => [...set].sort())).toContainEqual(names);
  });

  // Covers gateway.metrics, assumed.metric-dimensions
  it.each([...new Set(METRIC_SERIES.map((series) => series.metricName))])('%s is on documented sets only', (name) => {
    const series = METRIC_SERIES.filter((candidate) => candidate.metricName === name);
    const sets = series.flatMap((candidate) => candidate.dimensionSets);
    // `PolicyMismatch` is published for single policies only.
    const options = name === 'PolicyMismatch' ? { dimensionsMap: { Policy: 'cap-abcdefghij' } } : {};
    const names = Object.keys(dimensionsOf(imported.metric(name, options))).sort();
    expect(sets.map((set) => [...set].sort())).toContainEqual(names);
    expect(refusal(name, { dimensionsMap: { Method: 'tools/call', ToolName: 'a' } }).code).toBe(
      'GATEWAY_METRIC_DIMENSIONS',
    );
  });

  it('takes further dimensions, of which the service must have a series', () => {
    const dimensionsMap = { OperationName: 'PartiallyAuthorizeActions', ToolName: 'notes___read_note' };
    expect(dimensionsOf(imported.metric('DenyDecisions', { dimensionsMap }))).toEqual({
      ...dimensionsMap,
      TargetResource: 'notes-a1b2c3d4e5',
    });
    expect(dimensionsOf(imported.metricDenied({ dimensionsMap: { Policy: 'cap-abcdefghij' } }))).toEqual({
      ...DECISION,
      Mode: 'ENFORCE',
      Policy: 'cap-abcdefghij',
    });
    const denialsOfTool = refusal('DenyDecisions', { dimensionsMap: { ToolName: 'notes___read_note' } });
    expect(denialsOfTool.help).toContain('`OperationName, TargetResource, ToolName`');
  });

  it('knows the nearest name', () => {
    expect(refusal('DeniedDecisions').help).toBe('did you mean `DenyDecisions`?');
  });

  it('can be alarmed on from the stack of somebody else', () => {
    new Alarm(stack, 'Broken', { metric: imported.metricUndecided(), threshold: 1, evaluationPeriods: 1 });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'MismatchErrors',
      Period: 300,
      Statistic: 'Sum',
    });
  });
});

describe('a gateway of another app', () => {
  // Covers gateway.id
  it('is known by what its stack outputs', () => {
    expect(imported.gatewayUrl).toBe('https://notes-a1b2c3d4e5.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp');
    expect(JSON.stringify(stack.resolve(imported.policyEngineArn))).toContain(':policy-engine/Notes-abcdefghij');
    expect(imported.role).toBeUndefined();
    expect(imported.logGroups).toEqual([]);
  });

  it('may be in another account and Region', () => {
    const far = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Far', {
      gatewayId: 'far-a1b2c3d4e5',
      policyEngineId: 'Far-abcdefghij',
      account: '444455556666',
      region: 'us-east-1',
    });
    expect(JSON.stringify(stack.resolve(far.gatewayArn))).toContain(':us-east-1:444455556666:gateway/far-a1b2c3d4e5');
    expect(far.gatewayUrl).toContain('.us-east-1.');
    const [metric, here] = [far.metricDenied(), imported.metricDenied()].map((one) => one.toMetricConfig().metricStat);
    expect([metric?.region, metric?.account]).toEqual(['us-east-1', '444455556666']);
    expect([here?.region, here?.account]).toEqual(['eu-west-1', '111122223333']);
  });

  it('needs its name for metrics by name when its id is only known at deployment', () => {
    const attributes = { gatewayId: Fn.importValue('GatewayId'), policyEngineId: 'Notes-abcdefghij' };
    const nameless = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Nameless', attributes);
    expect(nameless.metricDenied().metricName).toBe('DenyDecisions');
    expect(() => nameless.metricEnforcementChanged()).toThrow('give `gatewayName` beside `gatewayId`');
    const named = GovernedGateway.fromGovernedGatewayAttributes(stack, 'Named', {
      ...attributes,
      gatewayName: 'notes',
    });
    expect(named.metricEnforcementChanged().dimensions).toEqual({ Gateway: 'notes' });
  });

  it('can be invoked by a principal of this app', () => {
    const caller = new User(stack, 'Agent');
    imported.grantInvoke(caller).assertSuccess();
  });
});

describe('a gateway of this app', () => {
  const { gateway, stack: own } = stackWith(notesProps());

  it('has the same metrics, about the gateway that is deployed', () => {
    const about: IGovernedGateway = gateway;
    const { TargetResource } = about.metricDenied().dimensions as { TargetResource: string };
    expect(own.resolve(TargetResource)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Gateway/), 'GatewayIdentifier'],
    });
    expect(own.resolve(about.role?.roleArn)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Role'), 'Arn'] });
  });

  it('tells the log groups of all functions behind it', () => {
    const groups = Object.keys(Template.fromStack(own).findResources('AWS::Logs::LogGroup'));
    expect(gateway.logGroups.map((group) => own.resolve(group.logGroupName).Ref)).toEqual(groups);
    expect(groups.length).toBeGreaterThan(2);
  });
});
