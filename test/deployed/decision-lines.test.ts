import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/run';
import { logLinesOf, recordOf, spanOf } from '../decisions/observed';
import { CloudFormationDouble } from '../doubles/cloudformation';
import { CloudWatchLogsDouble } from '../doubles/cloudwatch-logs';
import { claimsApp, FixtureApp } from '../emulator/fixture';

const GATEWAY = 'gw-abcdefghij';
const GROUPS = {
  request: '/aws/lambda/request',
  response: '/aws/lambda/response',
  application: `/aws/vendedlogs/bedrock-agentcore/gateway/APPLICATION_LOGS/${GATEWAY}`,
  spans: 'aws/spans',
};
const app = new FixtureApp();
const stacks = new CloudFormationDouble();
let logs = new CloudWatchLogsDouble();
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      const target = request.headers['x-amz-target'];
      const path = request.url ?? '';
      const reply = (status: number, body: string, type = 'application/json'): void => {
        response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': '1' }).end(body);
      };
      if (typeof target === 'string') {
        const { status, body } = logs.answer(target, text);
        reply(status, JSON.stringify(body), 'application/x-amz-json-1.1');
      } else if (text.includes('Action=')) reply(200, stacks.answer(text).body, 'text/xml');
      else if (path.startsWith('/gateways/'))
        reply(200, JSON.stringify({ interceptorConfigurations: ['request', 'response'].map(interceptor) }));
      else
        reply(
          200,
          JSON.stringify({ LoggingConfig: { LogGroup: path.includes('request') ? GROUPS.request : GROUPS.response } }),
        );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  app.manifest(claimsApp(app, { stackName: 'Deployed', path: 'Deployed/Gateway', outputs: { GatewayId: 'IdOut' } }));
  const outputs = { IdOut: GATEWAY };
  const stackId = 'arn:aws:cloudformation:us-east-1:000000000000:stack/Deployed/1';
  stacks.stacks.push({
    stackId,
    stackName: 'Deployed',
    status: 'UPDATE_COMPLETE',
    resources: {},
    parameters: {},
    outputs,
    template: { Resources: {} },
  });
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

beforeEach(() => {
  logs = new CloudWatchLogsDouble();
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  app.remove();
});

function interceptor(name: string): object {
  return {
    interceptor: { lambda: { arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}` } },
    interceptionPoints: [name.toUpperCase()],
  };
}

const HOUR = 3_600_000;

function put(
  group: keyof typeof GROUPS,
  ...lines: readonly (readonly [hoursAgo: number, line: object | string])[]
): void {
  const events = lines.map(([hoursAgo, line]) => ({
    timestamp: Date.now() - hoursAgo * HOUR,
    message: typeof line === 'string' ? line : JSON.stringify(line),
  }));
  logs.groups.set(GROUPS[group], [...(logs.groups.get(GROUPS[group]) ?? []), ...events]);
}

/** The lines of ten calls, each in two log groups, as they come in time. */
function putRecords(): void {
  for (let index = 0; index < 10; index++) {
    const time = new Date(Date.now() - index * HOUR).toISOString();
    const common = { key: `p_${index}`, tool: 'Claims___query', time };
    put(
      'request',
      [index, recordOf({ ...common, part: 'request', outcome: 'forwarded' })],
      [index, 'START RequestId: 1'],
    );
    put('response', [index, recordOf({ ...common, part: 'response' })]);
  }
}

async function decisions(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await run(['decisions', '--app', '.', '--gateway', 'Deployed/Gateway', '--format', 'json', ...args], {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    readInput: () => Promise.resolve(''),
    cwd: app.directory,
    interactive: false,
    onInterrupt: () => undefined,
  });
  return { code, ...written };
}

describe('the decisions of a deployed gateway', () => {
  it('are read page by page from every log group, and joined', async () => {
    putRecords();
    put('application', ...logLinesOf('DENY', true, ['cap-abcdefghij'], 'r-9').map((line) => [2, line] as const));
    const span = spanOf(
      'AgentCore.Gateway.InvokeTool',
      { 'tool.name': 'Claims___query', 'gateway.id': GATEWAY, 'aws.agentcore.policy.authorization_decision': 'ALLOW' },
      'r-5',
    );
    put(
      'spans',
      [3, span],
      [3, spanOf('AgentCore.Gateway.InvokeTool', { 'tool.name': 'x___y', 'gateway.id': 'another' }, 'r-6')],
    );
    const { code, out } = await decisions();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      total: 12,
      verdicts: { allowed: 11, 'would be denied': 1 },
      lines: { record: 20, span: 1, other: 2 },
      missing: [],
    });
    expect(logs.requests).toBeGreaterThan(10);
  });

  it('are read although the service throttles', async () => {
    putRecords();
    logs.throttles = 3;
    expect(JSON.parse((await decisions()).out)).toMatchObject({ total: 10 });
  });

  it('are those since a time', async () => {
    putRecords();
    expect(JSON.parse((await decisions('--since', '150m')).out)).toMatchObject({ total: 3 });
  });

  it('say which log groups are missing', async () => {
    putRecords();
    const { code, out, err } = await decisions('--format', 'text');
    expect([code, out]).toEqual([0, expect.stringContaining('10 calls')]);
    expect(err).toContain(GROUPS.application);
    expect(err).toContain(GROUPS.spans);
    expect(JSON.parse((await decisions()).out)).toMatchObject({ missing: [GROUPS.application, GROUPS.spans] });
  });

  it.each([
    ['nothing was ever written', () => undefined, 'DECISIONS_NONE'],
    [
      'a log group may not be read',
      () => {
        putRecords();
        logs.denied = GROUPS.response;
      },
      'DECISIONS_UNREADABLE',
    ],
  ])('are none, and no half of them, when %s', async (_, prepare, finding) => {
    prepare();
    const { code, out } = await decisions();
    expect([code, JSON.parse(out).diagnostics[0].code]).toEqual([1, finding]);
  });
});
