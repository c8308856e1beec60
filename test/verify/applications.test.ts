import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApplicationStage } from '../../bin/application-stage';
import { PROOF_ARGUMENT, PROOF_PLACEHOLDER } from '../../lib/contract/interceptor-proof';
import { type GatewayManifest, MANIFEST_SUFFIX } from '../../lib/contract/manifest';
import { startEmulator } from '../../lib/emulator';
import { EnforcementMode } from '../../lib/index';
import { readManifest } from '../../lib/policy/assembly/manifest-files';
import { readTestFile } from '../../lib/policy/testing/file/read-test-file';
import { gatewayOfManifest } from '../../lib/policy/testing/run/gateway-under-test';
import { OfflineBackend } from '../../lib/policy/testing/run/offline-backend';
import { runTests } from '../../lib/policy/testing/run/run-tests';
import { EmulatorBackend } from '../../lib/verify/emulator-backend';
import { compareReports, renderParity } from '../../lib/verify/parity';
import { call } from '../emulator/fixture';

const outdir = mkdtempSync(join(tmpdir(), 'governed-gateway-verify-'));
let manifests: readonly string[];

beforeAll(() => {
  const app = new App({ outdir, analyticsReporting: false });
  const { directory } = new ApplicationStage(app, 'test', { mode: EnforcementMode.LOG_ONLY }).synth();
  manifests = readdirSync(directory)
    .filter((name) => name.endsWith(MANIFEST_SUFFIX))
    .map((name) => join(directory, name));
});

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe.each(['Lakehouse', 'Underwriting', 'Devops'])('the policy tests of %s', (name) => {
  it('come to the same offline and on the emulator, and pass', async () => {
    const file = manifests.find((path) => path.includes(name)) ?? '';
    const { manifest } = readManifest(file);
    const tests = manifest.tests.flatMap((path) => readTestFile(path, readFileSync(path, 'utf8')).testFile ?? []);
    const backend = await EmulatorBackend.start({ assembly: file, appDirectory: process.cwd() });
    try {
      const reports = [
        await runTests(tests, new OfflineBackend(gatewayOfManifest(manifest, file))),
        await runTests(tests, backend),
      ];
      const failed = reports
        .flatMap(({ files }) => files.flatMap(({ cases }) => cases))
        .filter(({ status }) => status === 'failed');
      expect(failed.map(({ name, persona, expected, got, why }) => ({ name, persona, expected, got, why }))).toEqual(
        [],
      );
      expect(reports[1]?.passed).toBeGreaterThan(40);
      expect(renderParity(compareReports(reports))).not.toContain('DIFFERENT');
    } finally {
      await backend.stop();
    }
  });
});

describe('a caller of the lakehouse from a RESTRICTED place who fills the trusted fields herself', () => {
  const feigned = {
    geography: 'US',
    caller_id: 'policyholder001',
    caller_role: 'policyholders',
    [PROOF_ARGUMENT]: PROOF_PLACEHOLDER,
  };
  const CALLS = {
    query_claims: {},
    get_claim_details: { claim_id: 'CLM-2025-0015' },
    text_to_sql: { question: 'all' },
  };

  /** The lakehouse with a REQUEST interceptor of the caller's choice, and what its calls come to. */
  async function denials(request: GatewayManifest['interceptors']['request']): Promise<(string | undefined)[]> {
    const file = manifests.find((path) => path.includes('Lakehouse')) ?? '';
    const { manifest } = readManifest(file);
    const attacked: GatewayManifest = {
      ...manifest,
      gateway: { ...manifest.gateway, mode: 'ENFORCE' },
      interceptors: { ...manifest.interceptors, ...(request && { request }) },
    };
    const assembly = join(dirname(file), 'Attack.Gateway.gateway.json');
    writeFileSync(assembly, JSON.stringify(attacked));
    const appDirectory = process.cwd();
    const emulator = await startEmulator({
      assembly,
      port: 0,
      appDirectory,
      switches: { interceptorTimeout: 'proceed' },
    });
    try {
      const answers = Object.entries(CALLS).map(([tool, input]) =>
        call(emulator, 'policyholder004', `lakehouse___${tool}`, { ...input, ...feigned }),
      );
      return (await Promise.all(answers)).map(({ result, error }) =>
        result === undefined ? error.message : undefined,
      );
    } finally {
      await emulator.stop();
    }
  }

  it('is denied by the guard when the interceptor did not answer in time, and by what it fills in when it did', async () => {
    const asset = 'asset.hangs';
    const folder = join(dirname(manifests[0] ?? ''), asset);
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.js'), 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));');
    const hangs = { asset, handler: 'index.handler', environment: {}, timeoutSeconds: 1, memoryMb: 128 };
    for (const denial of await denials(hangs)) expect(denial).toMatch(/^Tool Execution Denied: .*requires_interceptor/);
    for (const denial of await denials(undefined))
      expect(denial).toMatch(/^Tool Execution Denied: .*served_geographies/);
  });
});
