import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/run';
import type { GatewayReport, Known } from '../../lib/report/gateway-report';
import { ENGINE_ID, GATEWAY_ID } from '../contract/drift/drift-fixture';
import { recordOf } from '../decisions/observed';
import { Deployment } from '../deployed/deployment';
import { CloudTrailDouble } from '../doubles/cloudtrail';
import { CloudWatchLogsDouble } from '../doubles/cloudwatch-logs';
import type { DoubleServer } from '../doubles/control-plane/clients';
import { serveJson } from '../doubles/serve-json';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const RISK = 'Underwriting___invoke_risk_model';
const refused = recordOf({
  tool: RISK,
  outcome: 'denied',
  refusedBy: 'policy',
  reason: 'due to risk-abcdefghij',
  key: 'p_2',
});
const app = new CommandLine({
  ...UNDERWRITING,
  'records.jsonl': [recordOf({ tool: RISK }), refused].map((record) => JSON.stringify(record)).join('\n'),
  'empty.jsonl': '\n',
});

afterAll(() => app.remove());

function known<T>(found: Known<T>): T {
  if (!found.known) throw new Error(found.why);
  return found.value;
}

describe('a report without AWS', () => {
  it('shows what the files and the records have, and says what it cannot know', async () => {
    const { code, out } = await app.run(['report', ...INPUT, '--file', 'records.jsonl', '--format', 'json']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as GatewayReport;
    expect(report.gateway).toMatchObject({ path: 'policies', mode: 'ENFORCE' });
    expect(report.policies.map(({ id, place }) => [id, place])).toContainEqual([
      'create-below-5m',
      'policies/create.cedar:2',
    ]);
    expect(
      known(report.access)
        .tools.find(({ tool }) => tool === RISK)
        ?.cells.map(({ access }) => access),
    ).toEqual(['always', 'never', 'never']);
    expect(known(report.tests).report).toMatchObject({ passed: 7, failed: 0 });
    expect(known(report.tests).coverage).toBeGreaterThan(50);
    const { summary, denials, modes } = known(report.decisions);
    expect(summary.verdicts).toMatchObject({ allowed: 1, denied: 1 });
    expect(denials).toMatchObject([
      { verdict: 'denied', tool: RISK, caller: 'p_alice', reason: 'due to risk-abcdefghij', calls: 1 },
    ]);
    expect(modes).toMatchObject([{ mode: 'ENFORCE' }]);
    expect(report.invariants).toEqual({ known: false, why: 'the app declares no invariants to prove' });
    expect([report.deployment, report.changes]).toEqual(
      Array(2).fill({
        known: false,
        why: 'the decisions were read from files, and no deployment was asked (--gateway)',
      }),
    );
  });

  it('is a page, written where somebody says, and Markdown', async () => {
    expect(await app.run(['report', ...INPUT, '--out', 'report.html'])).toEqual({ code: 0, out: '', err: '' });
    const { out } = await app.run(['report', ...INPUT, '--format', 'markdown']);
    expect(out).toMatch(/## Decisions\n\n> Not known: no recorded calls were given/);
  });

  it('is none when a file that was given has no calls', async () => {
    const { code, out, err } = await app.run(['report', ...INPUT, '--file', 'empty.jsonl']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('DECISIONS_NONE');
  });
});

describe('a report of a deployed gateway', () => {
  const trail = new CloudTrailDouble();
  let logs = new CloudWatchLogsDouble();
  let deployment: Deployment;
  const servers: DoubleServer[] = [];
  const before = { ...process.env };

  beforeAll(async () => {
    const lambda = { answer: () => ({ status: 200, body: { LoggingConfig: { LogGroup: '/aws/lambda/notes' } } }) };
    const [cloudTrail, cloudWatch, functions] = await Promise.all([
      serveJson(trail),
      serveJson({ answer: (target, body) => logs.answer(target, body) }),
      serveJson(lambda),
    ]);
    servers.push(cloudTrail, cloudWatch, functions);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_CLOUDTRAIL: cloudTrail.url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: cloudWatch.url,
      AWS_ENDPOINT_URL_LAMBDA: functions.url,
    });
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    process.env = before;
  });

  beforeEach(async () => {
    Object.assign(trail, { events: [], throttles: 0, denied: undefined, latency: 5, onRequest: () => undefined });
    trail.lookups.length = 0;
    logs = new CloudWatchLogsDouble();
    deployment = new Deployment();
    await deployment.start();
  });

  afterEach(() => deployment.stop());

  const DAY = 86_400_000;
  const NOW = Date.now();

  function tell(
    EventName: string,
    daysAgo: number,
    record: object = {},
    eventSource = 'bedrock-agentcore.amazonaws.com',
  ): void {
    const time = NOW - daysAgo * DAY;
    trail.events.push({
      EventName,
      time,
      EventSource: eventSource,
      Username: 'history',
      record: {
        eventName: EventName,
        eventSource,
        eventTime: new Date(time).toISOString(),
        userIdentity: { arn: 'arn:aws:sts::111122223333:assumed-role/admin/ann' },
        sourceIPAddress: '203.0.113.7',
        requestParameters: { gatewayIdentifier: GATEWAY_ID },
        ...record,
      },
    });
  }

  async function report(...args: string[]): Promise<{ code: number; err: string; report: GatewayReport }> {
    const command = [
      'report',
      '--app',
      deployment.directory,
      '--gateway',
      'Notes/Gateway',
      '--format',
      'json',
      ...args,
    ];
    const { code, out, err } = await app.run(command);
    return { code, err, report: out === '' ? (undefined as never) : (JSON.parse(out) as GatewayReport) };
  }

  // Covers trail.lookups, assumed.trail-events
  it('has decisions, drift, locks, and who changed what, in both spellings of the event source', async () => {
    logs.groups.set('/aws/lambda/notes', [
      { timestamp: NOW - DAY, message: JSON.stringify(recordOf({ time: new Date(NOW - DAY).toISOString() })) },
    ]);
    tell('UpdateGateway', 1, {
      requestParameters: { gatewayIdentifier: GATEWAY_ID, policyEngineConfiguration: { mode: 'LOG_ONLY' } },
    });
    tell('UpdateGateway', 2, { requestParameters: { gatewayIdentifier: 'another-gateway' } });
    tell('UpdateGateway', 3, {}, 'bedrock-agentcore-control.amazonaws.com');
    tell('UpdateGateway', 40);
    tell('DeletePolicy', 4, {
      requestParameters: { policyEngineId: ENGINE_ID, policyId: 'readers-1' },
      errorCode: 'AccessDenied',
    });
    tell('DeletePolicy', 4, { requestParameters: { policyArn: ENGINE_ID } }, 'iam.amazonaws.com');
    deployment.tamper((gateway) => {
      gateway['policyEngineConfiguration'] = { arn: gateway['policyEngineArn'], mode: 'LOG_ONLY' };
    });
    trail.throttles = 1;
    const { code, report: found } = await report();
    expect(code).toBe(0);
    expect(found.gateway).toMatchObject({ path: 'Notes/Gateway', name: 'notes', stack: 'Notes' });
    expect(known(found.decisions).summary.total).toBe(1);
    expect(known(found.decisions).missing).toContain('aws/spans');
    expect(known(found.deployment)).toMatchObject({ mode: 'LOG_ONLY', locks: [] });
    expect(known(found.deployment).differences.map(({ text }) => text)).toContain(
      'gateway notes: policyEngineConfiguration.mode is LOG_ONLY instead of ENFORCE',
    );
    const caller = 'arn:aws:sts::111122223333:assumed-role/admin/ann';
    const { calls } = known(found.changes);
    expect(calls.map(({ time, ...rest }) => ({ ...rest, days: Math.round((NOW - Date.parse(time)) / DAY) }))).toEqual([
      { operation: 'UpdateGateway', caller, from: '203.0.113.7', subject: GATEWAY_ID, mode: 'LOG_ONLY', days: 1 },
      { operation: 'UpdateGateway', caller, from: '203.0.113.7', subject: GATEWAY_ID, days: 3 },
      { operation: 'DeletePolicy', caller, from: '203.0.113.7', subject: 'readers-1', error: 'AccessDenied', days: 4 },
    ]);
  });

  it('takes what the history says where a record is lost, and leaves no gap behind an empty page', async () => {
    tell('UpdateGateway', 1);
    const [event] = trail.events;
    if (event === undefined) throw new Error('no event');
    trail.events[0] = { ...event, record: '{ half of a rec', Resources: [{ ResourceName: GATEWAY_ID }] } as never;
    const { report: found } = await report();
    expect(known(found.changes).calls).toMatchObject([{ operation: 'UpdateGateway', caller: 'history' }]);
  });

  it('says which source was refused, in its section and by its exit, and keeps the others', async () => {
    tell('UpdateGateway', 1);
    trail.denied = 'DeletePolicy';
    const { code, err, report: found } = await report();
    expect(code).toBe(1);
    expect(err).toContain('`LookupEvents` was not answered: AccessDeniedException');
    expect(found.changes).toEqual({ known: false, why: expect.stringContaining('AccessDeniedException') });
    expect(found.decisions).toEqual({
      known: false,
      why: expect.stringContaining('no record, log line, span or count'),
    });
    expect(known(found.deployment).mode).toBe('ENFORCE');
  });

  it('asks nothing of AWS when it is told so', async () => {
    const { code, report: found } = await report('--offline');
    expect([code, found.changes.known, found.deployment.known, found.decisions.known]).toEqual([
      0,
      false,
      false,
      false,
    ]);
    expect([trail.lookups, deployment.controlPlane.requests]).toEqual([[], []]);
  });

  it('is none after Ctrl-C', async () => {
    const interrupted = vi.fn<(listener: () => void) => void>();
    trail.onRequest = () => {
      for (const [listener] of interrupted.mock.calls) listener();
    };
    const written = { out: '', err: '' };
    const code = await run(['report', '--app', deployment.directory, '--gateway', 'Notes/Gateway'], {
      out: (text) => {
        written.out += text;
      },
      err: (text) => {
        written.err += text;
      },
      readInput: () => Promise.resolve(''),
      cwd: app.cwd,
      interactive: false,
      onInterrupt: interrupted,
    });
    expect([code, written.out]).toEqual([1, '']);
    expect(written.err).toContain('REPORT_INTERRUPTED');
    expect(trail.lookups).toHaveLength(1);
  });
});
