import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRIC_SERIES } from '../../../lib/constructs/metrics/metric-series';
import { canonicalJson } from '../../../lib/contract/canonical-json';
import { isJsonObject, type JsonObject } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import type { ObservedCall } from '../../../lib/decisions/observed-call';
import { CallReader } from '../../../lib/decisions/read/read-calls';
import { DecideAgain } from '../../../lib/decisions/replay/decide-again';
import { preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { call, claimsApp, FixtureApp, policy, READERS_MAY_QUERY } from '../fixture';

const QUERY = 'Claims___query';
const FORBIDDEN = `forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"${QUERY}", resource == ?resource) when { context.input.id == "secret" };`;
const LATER = `forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"${QUERY}", resource == ?resource) when { context.input.id == "later" };`;

const app = new FixtureApp();
const posted: { path: string; body: JsonObject }[] = [];
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    posted.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) as JsonObject });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});
const policies = [
  policy('readers', READERS_MAY_QUERY),
  policy('secrets', FORBIDDEN),
  { ...policy('later', LATER), enforcementMode: 'LOG_ONLY' as const },
];
const manifest = claimsApp(app, { policies });
let requestIds: (string | null)[] = [];

const linesOf = (file: string): JsonObject[] =>
  readFileSync(join(app.directory, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject);

function callsIn(...files: readonly string[]): ObservedCall[] {
  const calls: ObservedCall[] = [];
  const reader = new CallReader((one) => void calls.push(one));
  for (const file of files) for (const line of linesOf(file)) reader.line(JSON.stringify(line));
  reader.finish();
  return calls.sort((a, b) => (a.time < b.time ? -1 : 1));
}

/** One run in each mode: an allowed call, a denied one, one that a policy in LOG_ONLY would change, and a listing. */
beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const otlp = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  for (const mode of ['ENFORCE', 'LOG_ONLY'] as const) {
    const [recordFile, telemetryFile] = ['records', 'telemetry'].map((name) =>
      join(app.directory, `${name}.${mode}.jsonl`),
    );
    const emulator = await app.start(manifest, {
      mode,
      otlp,
      recordFile: recordFile ?? '',
      telemetryFile: telemetryFile ?? '',
    });
    for (const id of ['1', 'secret', 'later']) await call(emulator, 'rita', QUERY, { id });
    await call(emulator, 'rita', 'Claims___none', {});
    const list = await fetch(emulator.mcpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await emulator.token('rita')}` },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
    requestIds = [...requestIds, list.headers.get('x-amzn-requestid')];
    await emulator.stop();
  }
});
afterAll(() => {
  collector.close();
  app.remove();
});

describe.each([
  ['ENFORCE', 'denied'],
  ['LOG_ONLY', 'would be denied'],
] as const)('under %s', (mode, denied) => {
  const verdicts = ['allowed', denied, 'allowed'];

  // One behaviour table for both sources: the same readers, the same verdicts.
  it.each([
    ['its own records', [`records.${mode}.jsonl`]],
    ['the log records and spans of the platform', [`telemetry.${mode}.jsonl`]],
    ['all of them, joined', [`records.${mode}.jsonl`, `telemetry.${mode}.jsonl`]],
  ])('%s tell what happened', (_, files) => {
    const calls = callsIn(...files).filter(({ tool }) => tool === QUERY);
    expect(calls.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(calls.map(({ mode: seen }) => seen)).toEqual([mode, mode, mode]);
    expect(calls[1]).toMatchObject({ outcome: 'DENY', policies: ['secrets'] });
    expect(calls[2]).toMatchObject({ flipping: ['later'], mismatched: [], knowsMismatched: true });
    expect(calls.every(({ caller }) => caller !== undefined)).toBe(true);
  });

  it('records can be decided again, and say the same', () => {
    const set = preparePolicySet({ policies, targets: manifest.targets, mode, gatewayArn: LOCAL_GATEWAY_ARN });
    const again = new DecideAgain(set);
    for (const one of callsIn(`records.${mode}.jsonl`)) {
      const answer = again.decide(one);
      expect(answer).toMatchObject({ kind: 'decided', decision: { outcome: one.outcome, determining: one.policies } });
    }
  });

  it('records have no more than policies read', () => {
    const [first] = linesOf(`records.${mode}.jsonl`);
    expect(first?.['input']).toMatchObject({ arguments: { '/id': '1' }, fits: true });
    expect(JSON.stringify(first)).not.toContain('rita');
  });

  it('log records are of the seven kinds, in the platform order', () => {
    const lines = linesOf(`telemetry.${mode}.jsonl`).filter((line) => isJsonObject(line['body']));
    const kinds = lines.map((line) => (line['body'] as { log: string }).log.replace(/ (?:Claims___|Tool call).*/, ''));
    const begin = ['Received request for tools/call method', 'Started processing request'];
    const ran = ['Executing tool', 'Successfully processed request'];
    const refused = mode === 'ENFORCE' ? ['Tool Execution Denied:'] : ran;
    const allowed = [...begin, 'Policy evaluation completed', ...ran];
    expect(kinds).toEqual([...allowed, ...begin, 'Policy evaluation denied request', ...refused, ...allowed, ...begin]);
  });
});

it('publishes metrics on exactly the sets of dimensions that the platform has', () => {
  const points = linesOf('telemetry.ENFORCE.jsonl').filter((line) => 'metric_name' in line);
  const isKnown = ({ metric_name, dimensions }: JsonObject): boolean => {
    const names = Object.keys(dimensions as JsonObject)
      .sort()
      .join();
    return METRIC_SERIES.some(
      (series) =>
        series.metricName === metric_name && series.dimensionSets.some((set) => set.toSorted().join() === names),
    );
  };
  expect(points.filter((point) => !isKnown(point))).toEqual([]);
  const sum = (name: string, dimensions: JsonObject): number =>
    points
      .filter(
        (point) =>
          point['metric_name'] === name && canonicalJson(point['dimensions'] ?? null) === canonicalJson(dimensions),
      )
      .reduce((total, point) => total + Number((point['value'] as JsonObject)['sum']), 0);
  const wanted = { OperationName: 'AuthorizeAction', TargetResource: 'local-0000000000', Mode: 'ENFORCE' };
  expect([sum('AllowDecisions', wanted), sum('DenyDecisions', wanted)]).toEqual([2, 1]);
});

it('sends all of it to a collector as OTLP, with times as texts and values by type', () => {
  expect(new Set(posted.map(({ path }) => path))).toEqual(new Set(['/v1/logs', '/v1/traces', '/v1/metrics']));
  const text = JSON.stringify(posted);
  expect(text).toContain('"name":"AgentCore.Gateway.InvokeTool"');
  expect(text).toMatch(/"startTimeUnixNano":"\d{19}"/);
  expect(text).toMatch(/"key":"tool.name","value":\{"stringValue":"Claims___query"\}/);
  expect(text).toContain('"asDouble":1');
});

it('names each request in a header, as the platform does', () => {
  expect(requestIds).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});
