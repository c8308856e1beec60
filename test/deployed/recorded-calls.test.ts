import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/run';
import type { Terminal } from '../../lib/cli/terminal';
import { schemaHash } from '../../lib/contract/decision-record/schema-hash';
import type { PromotionReport } from '../../lib/decisions/promote/verdict';
import { generateSchema } from '../../lib/policy/schema/schema';
import { GATEWAY_ID, POLICIES } from '../contract/drift/drift-fixture';
import { recordOf, spanOf } from '../decisions/observed';
import { CloudWatchLogsDouble } from '../doubles/cloudwatch-logs';
import type { DoubleServer } from '../doubles/control-plane/clients';
import { serveJson } from '../doubles/serve-json';
import { Deployment } from './deployment';

const HOUR = 3_600_000;
const READ = 'Notes___read';
const TOOL = { name: 'read', description: 'Reads', inputSchema: { type: 'object' as const } };
const INPUT = {
  principal: { type: 'AgentCore::OAuthUser' as const },
  fits: true,
  everyClaim: false,
  claims: {},
  hasClaims: {},
  arguments: {},
  hasArguments: {},
  pseudonyms: {},
};
const GROUPS = {
  request: '/aws/lambda/request',
  response: '/notes/response',
  spans: 'aws/spans',
  application: `/aws/vendedlogs/bedrock-agentcore/gateway/APPLICATION_LOGS/${GATEWAY_ID}`,
};
let logs = new CloudWatchLogsDouble();
let deployment: Deployment;
/** What the Lambda service says of an interceptor that it does not find. */
let functionError: { readonly status: number; readonly type: string } | undefined;
/** Called before each answer of the log service. */
let onPage: () => void;
const servers: DoubleServer[] = [];
const before = { ...process.env };

beforeAll(async () => {
  const functions = {
    answer: (path: string) =>
      functionError === undefined
        ? {
            status: 200,
            body: { LoggingConfig: { LogGroup: path.includes('request') ? GROUPS.request : GROUPS.response } },
          }
        : { status: functionError.status, body: { __type: functionError.type, message: 'no function for you' } },
  };
  const pages = {
    answer: (target: string, body: string) => {
      onPage();
      return logs.answer(target, body);
    },
  };
  const [cloudWatch, lambda] = await Promise.all([serveJson(pages), serveJson(functions)]);
  servers.push(cloudWatch, lambda);
  Object.assign(process.env, { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: cloudWatch.url, AWS_ENDPOINT_URL_LAMBDA: lambda.url });
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  process.env = before;
});

beforeEach(async () => {
  functionError = undefined;
  onPage = () => undefined;
  logs = new CloudWatchLogsDouble();
  deployment = new Deployment();
  await deployment.start();
});

afterEach(() => deployment.stop());

/** Calls of the last hours, each with a record in two log groups and two spans. */
function putCalls(count: number): void {
  const { input } = [...generateSchema([{ name: 'Notes', tools: [TOOL] }]).tools.values()][0] ?? {};
  if (input === undefined) throw new Error('no tool');
  const schema = schemaHash(input);
  const attributes = {
    'gateway.id': GATEWAY_ID,
    'aws.agentcore.gateway.policy.mode': 'ENFORCE',
    'aws.agentcore.policy.authorization_decision': 'ALLOW',
  };
  for (let index = 1; index <= count; index++) {
    const requestId = `r-${index}`;
    const time = new Date(Date.now() - index * HOUR).toISOString();
    const common = { key: `p_${index}`, tool: READ, time, schema, requestId };
    put('request', index, recordOf({ ...common, part: 'request', outcome: 'forwarded', input: INPUT }));
    put('response', index, recordOf({ ...common, part: 'response' }));
    put('spans', index, spanOf('AgentCore.Gateway.InvokeTool', { ...attributes, 'tool.name': READ }, requestId));
    const determining = { 'aws.agentcore.policy.determining_policies': [`${POLICIES[0]?.name}-a1b2c3d4e5`] };
    put('spans', index, spanOf('AgentCore.Policy.AuthorizeAction', { ...attributes, ...determining }, requestId));
  }
}

function put(group: keyof typeof GROUPS, hoursAgo: number, line: object): void {
  const events = logs.groups.get(GROUPS[group]) ?? [];
  logs.groups.set(GROUPS[group], events);
  events.push({ timestamp: Date.now() - hoursAgo * HOUR, message: JSON.stringify(line) });
}

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function command(args: readonly string[], terminal: Partial<Terminal> = {}): Promise<Answer> {
  const written = { out: '', err: '' };
  const code = await run([...args, '--app', deployment.directory, '--gateway', 'Notes/Gateway'], {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    readInput: () => Promise.resolve(''),
    cwd: deployment.directory,
    interactive: false,
    onInterrupt: () => undefined,
    ...terminal,
  });
  return { code, ...written };
}

const finding = ({ code, out }: Answer): unknown[] => [code, JSON.parse(out).diagnostics[0].code];
const json = (name: string, ...args: string[]): Promise<Answer> => command([name, '--format', 'json', ...args]);
const COMMANDS = ['promote', 'replay'];

describe('promote and replay of a deployed gateway', () => {
  it('read records and spans page by page although the service throttles, and say which log group is missing', async () => {
    putCalls(10);
    logs.throttles = 2;
    const promoted = await json('promote', '--min-decisions', '10', '--min-days', '0');
    expect([promoted.code, promoted.err]).toEqual([2, expect.stringContaining(GROUPS.application)]);
    const checks = (JSON.parse(promoted.out) as PromotionReport).checks.map(({ name, answer, detail }) => [
      name,
      answer,
      detail,
    ]);
    expect(checks).toContainEqual(['enough decisions', 'yes', '10 of 10']);
    expect(checks).toContainEqual(['LOG_ONLY policies can be evaluated', 'yes', 'none erred']);
    expect(checks).toContainEqual(['deployed as declared', 'yes', 'no difference']);
    logs.throttles = 2;
    const replayed = await json('replay');
    expect([replayed.code, replayed.err]).toEqual([2, expect.stringContaining(GROUPS.application)]);
    // The records hold no proof, and the fixture's guard is no guard of the library.
    expect(JSON.parse(replayed.out)).toMatchObject({
      calls: 10,
      compared: 10,
      flips: [{ tool: READ, from: 'ALLOW', to: 'DENY', before: ['readers'], after: ['guard'], calls: 10 }],
    });
    expect(logs.requests).toBeGreaterThan(20);
  });

  it('read what functions that are gone wrote where functions write', async () => {
    putCalls(2);
    functionError = { status: 404, type: 'ResourceNotFoundException' };
    const { out, err } = await json('replay');
    expect(JSON.parse(out)).toMatchObject({ calls: 2, compared: 2 });
    expect(err).toContain('there is no log group `/aws/lambda/response`');
  });

  it.each(COMMANDS)('%s says nothing of a part of the calls', async (name) => {
    putCalls(10);
    logs.denied = GROUPS.spans;
    expect(finding(await json(name))).toEqual([1, 'DECISIONS_UNREADABLE']);
    functionError = { status: 403, type: 'AccessDeniedException' };
    expect(finding(await json(name))).toEqual([1, 'VERIFY_CONTROL_PLANE_FAILED']);
    logs = new CloudWatchLogsDouble();
    functionError = undefined;
    expect(finding(await json(name))).toEqual([1, 'DECISIONS_NONE']);
  });

  it.each(COMMANDS)('%s says nothing after Ctrl-C', async (name) => {
    putCalls(10);
    const listeners: (() => void)[] = [];
    onPage = () => {
      if (logs.requests === 4) for (const listener of listeners) listener();
    };
    const onInterrupt = (listener: () => void): void => void listeners.push(listener);
    const { code, out, err } = await command([name], { onInterrupt });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('DECISIONS_INTERRUPTED');
    expect(logs.requests).toBeLessThan(10);
  });

  it('show people that they are reading', async () => {
    putCalls(1);
    logs.pageSize = 10_000;
    const noise = Array.from({ length: 10_000 }, () => ({ timestamp: Date.now() - HOUR, message: 'START' }));
    logs.groups.set(GROUPS.application, noise);
    const { code, err } = await command(['decisions'], { interactive: true });
    expect([code, err]).toEqual([0, '\r10000 lines\n']);
  });
});
