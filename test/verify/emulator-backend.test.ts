import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTestFile } from '../../lib/policy/testing/file/read-test-file';
import { gatewayOfManifest } from '../../lib/policy/testing/run/gateway-under-test';
import { OfflineBackend } from '../../lib/policy/testing/run/offline-backend';
import { runTests } from '../../lib/policy/testing/run/run-tests';
import { EmulatorBackend } from '../../lib/verify/emulator-backend';
import { compareReports, renderParity } from '../../lib/verify/parity';
import { claimsApp, FixtureApp, policy, READERS_MAY_QUERY } from '../emulator/fixture';

const TESTS = `
personas:
  rita: { username: rita, groups: [readers] }
  eve: { username: eve, groups: [strangers] }
tests:
  - { as: rita, call: Claims___query, arguments: { id: c-1 }, expect: { decision: ALLOW, determining: [readers-query] } }
  - { as: eve, call: Claims___query, arguments: { id: c-1 }, expect: DENY }
  - { as: rita, call: Claims___query, arguments: { id: 7 }, expect: ERROR }
  - { as: rita, call: Claims___query, arguments: { id: blocked }, expect: { decision: DENY, determining: [no-blocked] } }
  - { as: rita, call: Claims___query, arguments: { id: c-1 }, now: "2020-01-01T00:00:00Z", expect: DENY }
  - { as: rita, list: [Claims___query] }
  - { as: eve, list: [] }
  - { as: rita, call: Claims___query, arguments: { id: c-2 }, expect: { decision: ALLOW, result: { contains: c-2 } } }
  - { as: rita, call: Claims___query, arguments: { id: c-1 }, interceptor: bypassed, expect: ALLOW }
`;

const app = new FixtureApp();
let backend: EmulatorBackend;
let offline: OfflineBackend;

beforeAll(async () => {
  const manifest = claimsApp(app, {
    policies: [
      policy('readers-query', READERS_MAY_QUERY),
      policy(
        'no-blocked',
        'forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource) when { context.input.id == "blocked" };',
      ),
      policy(
        'not-before',
        'forbid(principal is AgentCore::OAuthUser, action == AgentCore::Action::"Claims___query", resource == ?resource) when { context.system.now < datetime("2021-01-01") };',
      ),
    ],
    gateway: { ...claimsApp(app).gateway, mode: 'LOG_ONLY' },
  });
  const file = app.manifest(manifest);
  offline = new OfflineBackend(gatewayOfManifest(manifest, file));
  backend = await EmulatorBackend.start({ assembly: file, appDirectory: app.directory });
});

afterAll(async () => {
  await backend.stop();
  app.remove();
});

describe('policy tests on the emulator', () => {
  it('come to the same as offline, through a real client with real tokens', async () => {
    const { testFile, diagnostics } = readTestFile('claims.test.yaml', TESTS);
    expect(diagnostics).toEqual([]);
    if (testFile === undefined) throw new Error('the test file is broken');
    const reports = [await runTests([testFile], offline), await runTests([testFile], backend)];
    const failures = reports.flatMap((report) =>
      report.files.flatMap(({ cases }) => cases.filter(({ status }) => status === 'failed')),
    );
    expect(failures).toEqual([]);
    expect(reports.map(({ passed, notApplicable }) => [passed, notApplicable])).toEqual([
      [9, 0],
      [8, 1],
    ]);
    const table = renderParity(compareReports(reports));
    expect(table).not.toContain('DIFFERENT');
    expect(table.split('\n')[0]).toMatch(/^case +expected +offline +emulator$/);
  });
});
