import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ApplicationStage } from '../../bin/application-stage';
import { type GatewayManifest, MANIFEST_SUFFIX } from '../../lib/contract/manifest';
import { EnforcementMode } from '../../lib/index';
import { readTestFile } from '../../lib/policy/testing/file/read-test-file';
import type { TestFile } from '../../lib/policy/testing/file/test-file';
import { type GatewayUnderTest, gatewayOfManifest } from '../../lib/policy/testing/run/gateway-under-test';

/** A gateway of the example applications with the test files beside its policies. */
export interface SynthesizedGateway {
  readonly gateway: GatewayUnderTest;
  readonly files: readonly TestFile[];
  readonly manifest: GatewayManifest;
}

/** Synthesizes one environment in this process and reads what lies beside the templates, by the name of the application. */
export function synthesizedGateways(): Map<string, SynthesizedGateway> {
  const outdir = mkdtempSync(join(tmpdir(), 'governed-gateway-policies-'));
  const app = new App({ outdir, analyticsReporting: false });
  const stage = new ApplicationStage(app, 'test', { mode: EnforcementMode.ENFORCE });
  const { directory } = stage.synth();
  const manifests = readdirSync(directory).filter((name) => name.endsWith(MANIFEST_SUFFIX));
  return new Map(manifests.map((name) => gatewayOf(join(directory, name))));
}

function gatewayOf(file: string): [string, SynthesizedGateway] {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as GatewayManifest;
  const files = manifest.tests.map((test) => {
    const { testFile, diagnostics } = readTestFile(test, readFileSync(test, 'utf8'));
    if (testFile === undefined) throw new Error(JSON.stringify(diagnostics));
    return testFile;
  });
  const application = manifest.stackName.split('-')[1]?.toLowerCase() ?? '';
  return [application, { gateway: gatewayOfManifest(manifest, file), files, manifest }];
}
