import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { renderText } from '../../diagnostics/render-text';
import { authorize } from '../../policy/decision/authorize';
import { policiesOf } from '../../policy/source/current-manifest';
import { readTestFile } from '../../policy/testing/file/read-test-file';
import type { TestFile } from '../../policy/testing/file/test-file';
import { measureCoverage } from '../../policy/testing/run/coverage';
import { gatewayOfManifest } from '../../policy/testing/run/gateway-under-test';
import { OfflineBackend } from '../../policy/testing/run/offline-backend';
import { runTests } from '../../policy/testing/run/run-tests';
import type { PageDependencies } from './page-dependencies';

/** What the policy tests say of the policies that serve. */
export interface TestedPolicies {
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly place: string; readonly why: readonly string[] }[];
  /** Findings about test files that cannot be read. */
  readonly problems: readonly string[];
  readonly percent: number;
  /** By id of the policy: how many tests it decides, and what they saw of it. */
  readonly policies: {
    readonly [id: string]: {
      readonly decides: number;
      readonly seen: number;
      readonly total: number;
      /** Conditions that no test saw true, or false. */
      readonly unseen: readonly string[];
    };
  };
}

/** Runs the policy tests as they are on the disk against the policies as they serve. Offline: no tool and no interceptor runs. */
export async function testedPolicies(dependencies: PageDependencies): Promise<TestedPolicies> {
  const { manifest } = dependencies.application().gateway;
  const { files, problems } = testFiles(dependencies);
  const backend = new OfflineBackend(gatewayOfManifest(manifest, dependencies.manifestFile));
  const report = await runTests(files, backend);
  const coverage = measureCoverage(backend.set, backend.decided);
  const decides = new Map<string, number>();
  for (const call of backend.decided) {
    for (const id of authorize(backend.set, call).determining) decides.set(id, (decides.get(id) ?? 0) + 1);
  }
  const failed = report.files.flatMap(({ cases }) => cases.filter(({ status }) => status === 'failed'));
  return {
    passed: report.passed,
    failed: failed.map(({ name, location, why }) => ({ name, place: `${location.file}:${location.line}`, why })),
    problems: problems.map((one) => renderText([one])),
    percent: coverage.percent,
    policies: Object.fromEntries(
      coverage.policies.map(({ policy, points, applied, conditions }) => [
        policy,
        { decides: decides.get(policy) ?? 0, ...points, unseen: unseenOf(applied, conditions) },
      ]),
    ),
  };
}

function unseenOf(
  applied: boolean,
  conditions: readonly { readonly text: string; readonly seenTrue: boolean; readonly seenFalse: boolean }[],
): string[] {
  const missing = conditions.flatMap(({ text, seenTrue, seenFalse }) => [
    ...(seenTrue ? [] : [`\`${text}\` true`]),
    ...(seenFalse ? [] : [`\`${text}\` false`]),
  ]);
  return [...(applied ? [] : ['that it applies']), ...missing];
}

function testFiles({ application, appDirectory }: PageDependencies): { files: TestFile[]; problems: Diagnostic[] } {
  const { manifest } = application().gateway;
  const paths = [...new Set([...manifest.tests, ...policiesOf(manifest, appDirectory).tests])];
  const read = paths
    .filter((path) => existsSync(resolve(appDirectory, path)))
    .map((path) => readTestFile(path, readFileSync(resolve(appDirectory, path), 'utf8')));
  return {
    files: read.flatMap(({ testFile }) => testFile ?? []),
    problems: read.flatMap(({ diagnostics }) => diagnostics),
  };
}
