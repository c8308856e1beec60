import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApplicationStage } from '../../bin/application-stage';
import { MANIFEST_SUFFIX } from '../../lib/contract/manifest';
import { EnforcementMode } from '../../lib/index';
import { readManifest } from '../../lib/policy/assembly/manifest-files';
import { readTestFile } from '../../lib/policy/testing/file/read-test-file';
import { gatewayOfManifest } from '../../lib/policy/testing/run/gateway-under-test';
import { OfflineBackend } from '../../lib/policy/testing/run/offline-backend';
import { runTests } from '../../lib/policy/testing/run/run-tests';
import { EmulatorBackend } from '../../lib/verify/emulator-backend';
import { compareReports, renderParity } from '../../lib/verify/parity';

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
  }, 120_000);
});
