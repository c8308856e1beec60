import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { run } from '../../lib/cli/run';
import type { Terminal } from '../../lib/cli/terminal';
import { GATEWAY_ID, POLICIES } from '../contract/drift/drift-fixture';
import { CloudWatchMetricsDouble } from '../doubles/cloudwatch-metrics';
import type { DoubleServer } from '../doubles/control-plane/clients';
import { serveJson } from '../doubles/serve-json';
import { Deployment } from './deployment';

const HOUR = 3_600_000;
let metrics = new CloudWatchMetricsDouble();
let deployment: Deployment;
let server: DoubleServer;
const before = { ...process.env };

beforeAll(async () => {
  server = await serveJson({ answer: (target, body) => metrics.answer(target, body) });
  process.env['AWS_ENDPOINT_URL_CLOUDWATCH'] = server.url;
});

afterAll(async () => {
  await server.close();
  process.env = before;
});

beforeEach(async () => {
  metrics = new CloudWatchMetricsDouble();
  deployment = new Deployment();
  await deployment.start();
});

afterEach(() => deployment.stop());

/** Adds a series of the gateway, with sums by how many hours ago they were. */
function put(
  metric: string,
  dimensions: { readonly [name: string]: string },
  sums: { readonly [hoursAgo: number]: number },
): void {
  const points = Object.entries(sums).map(([hoursAgo, sum]) => ({ time: Date.now() - Number(hoursAgo) * HOUR, sum }));
  const common = { OperationName: 'AuthorizeAction', TargetResource: GATEWAY_ID };
  metrics.series.push({ metric, dimensions: { ...common, ...dimensions }, points });
}

/** What a gateway that was watched before it enforced has published. */
function putDecisions(): void {
  const Policy = `${POLICIES[0]?.name}-a1b2c3d4e5`;
  put('AllowDecisions', { Mode: 'ENFORCE' }, { 1: 7, 2: 2 });
  put('AllowDecisions', { Mode: 'LOG_ONLY' }, { 30: 3, 400: 50 });
  put('DenyDecisions', { Mode: 'ENFORCE' }, { 1: 4 });
  put('DenyDecisions', { Mode: 'LOG_ONLY' }, { 30: 5 });
  put('AllowDecisions', { Mode: 'ENFORCE', Policy }, { 1: 7 });
  put('DenyDecisions', { Mode: 'LOG_ONLY', Policy: 'gone_01234567-a1b2c3d4e5' }, { 30: 5 });
  // Series of other sets, operations and gateways count the same decisions again, or others.
  put('AllowDecisions', {}, { 1: 1_000 });
  put('AllowDecisions', { Mode: 'ENFORCE', OperationName: 'PartiallyAuthorizeActions' }, { 1: 1_000 });
  put('AllowDecisions', { Mode: 'ENFORCE', TargetResource: 'other-abcdefghij' }, { 1: 1_000 });
}

async function decisions(
  args: readonly string[],
  terminal: Partial<Terminal> = {},
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await run(['decisions', '--metrics', '--app', deployment.directory, ...args], {
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

// Covers metrics.search
it('sums up the counts of a gateway page by page, although the service throttles, and says what they do not know', async () => {
  putDecisions();
  metrics.throttles = 2;
  const { code, out } = await decisions(['--gateway', 'Notes/Gateway', '--format', 'json']);
  expect(code).toBe(0);
  const summary = JSON.parse(out) as object;
  expect(summary).toMatchObject({
    total: 21,
    verdicts: { allowed: 12, denied: 4, 'would be denied': 5, refused: 0, undecided: 0, unknown: 0 },
    callers: [],
    tools: [],
    policies: [
      { key: 'readers', counts: { allowed: 7 } },
      { key: 'gone_01234567', counts: { 'would be denied': 5 } },
    ],
    sources: [{ key: 'metric', total: 21 }],
    unknown: expect.arrayContaining([expect.stringContaining('no caller, no tool and no single call')]),
  });
  expect(metrics.requests).toBeGreaterThan(4);
  const recent = await decisions(['--gateway', 'Notes/Gateway', '--since', '90m', '--format', 'json']);
  expect(JSON.parse(recent.out)).toMatchObject({ total: 11, verdicts: { allowed: 7, denied: 4 } });
});

it('says that policies may be missing where there are as many as CloudWatch answers, and loses nothing of the whole', async () => {
  putDecisions();
  metrics.pageSize = 1_000;
  for (let index = 0; index < 600; index += 1)
    put('DenyDecisions', { Mode: 'ENFORCE', Policy: `p${index}-a1b2c3d4e5` }, { 1: 1 });
  const { out } = await decisions(['--gateway', 'Notes/Gateway', '--format', 'json']);
  expect(JSON.parse(out)).toMatchObject({
    total: 21,
    unknown: expect.arrayContaining([expect.stringContaining('500 series of policies at most')]),
  });
});

it('is a table for people', async () => {
  putDecisions();
  const { out } = await decisions(['--gateway', 'Notes/Gateway']);
  expect(out).toMatch(
    /^21 calls from .*by policy.*readers.*by day.*read: 21 from metric.*not known:\n- metrics count/s,
  );
  expect(out).not.toMatch(/by (caller|tool)/);
});

it.each([
  ['there is none', ['--gateway', 'Notes/Gateway'], () => undefined, [1, 'DECISIONS_NONE']],
  [
    'nobody may read them',
    ['--gateway', 'Notes/Gateway'],
    () => Object.assign(metrics, { isDenied: true }),
    [1, 'VERIFY_CONTROL_PLANE_FAILED'],
  ],
  ['no gateway is named', [], () => undefined, [1, 'COMMAND_OPTION_MISSING']],
  ['files are named', ['--gateway', 'Notes/Gateway', '--file', 'a'], () => undefined, [1, 'COMMAND_OPTIONS_EXCLUSIVE']],
  ['an emulator is named', ['--emulator'], () => undefined, [1, 'COMMAND_OPTIONS_EXCLUSIVE']],
])('says so when %s', async (_, args, prepare, expected) => {
  prepare();
  const { code, out } = await decisions([...args, '--format', 'json']);
  expect([code, JSON.parse(out).diagnostics[0].code]).toEqual(expected);
});

it('says nothing after Ctrl-C', async () => {
  putDecisions();
  const listeners: (() => void)[] = [];
  metrics.onRequest = () => {
    for (const listener of listeners) listener();
  };
  const { code, out, err } = await decisions(['--gateway', 'Notes/Gateway'], {
    onInterrupt: (listener) => void listeners.push(listener),
  });
  expect([code, out, metrics.requests]).toEqual([1, '', 1]);
  expect(err).toContain('DECISIONS_INTERRUPTED');
});
