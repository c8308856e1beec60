import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { ToolDefinition } from '../../contract/mcp';
import { packFile } from '../../contract/pack';
import { SEARCH_TOOL_NAME, splitToolName } from '../../contract/tool-name';
import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { oneManifest } from '../assembly/manifest-files';
import type { CatalogTarget } from '../schema/catalog-target';
import { currentManifest } from '../source/current-manifest';
import { loadPolicies, type PolicySource } from '../source/source';
import { readTestFile } from './file/read-test-file';
import type { TestFile } from './file/test-file';
import { type MutationReport, mutate } from './mutation/mutate';
import { checkReferences } from './run/check-references';
import { type CoverageReport, measureCoverage } from './run/coverage';
import { type GatewayUnderTest, gatewayOfManifest } from './run/gateway-under-test';
import { idleSteps } from './run/idle-steps';
import { OfflineBackend } from './run/offline-backend';
import type { TestReport } from './run/report';
import { runTests } from './run/run-tests';

/** How policy tests run, see {@link testPolicies} and {@link testGateway}. */
export interface PolicyTestOptions {
  /** Test files, relative to the current directory. @default - the `*.test.yaml` beside the policies, and the tests of packs */
  readonly files?: readonly string[];
  /** Runs only cases whose `file: name` matches. @default - all cases */
  readonly filter?: RegExp;
  /** Whether to measure which conditions the tests saw true and false. @default false */
  readonly coverage?: boolean;
  /** Whether {@link testGateway} takes the assembly as it is, whatever was changed since synth. @default false */
  readonly frozen?: boolean;
  /** Whether to plant faults in the policies and run the tests on each, when all tests pass. @default false */
  readonly mutate?: boolean;
  /** Whether to make the missing test of each fault that no test notices. Plants faults too. @default false */
  readonly suggest?: boolean;
}

/** Results of policy tests. */
export interface PolicyTestResult {
  readonly report: TestReport;
  /** Warnings about what no test looks at. */
  readonly findings: readonly Diagnostic[];
  /** Set if it was requested. */
  readonly coverage?: CoverageReport;
  /** Set if it was requested and every test passed. */
  readonly mutation?: MutationReport;
}

/**
 * Runs policy tests offline against policies and tools, as `governed-gateway test` does.
 * Throws a {@link GovernanceError} with everything that is wrong in policies or test files.
 * @param tools the gateway's answer to `tools/list`, with names `target___tool`
 *
 * @example
 * const { report } = await testPolicies([PolicySource.fromDirectory('policies')], tools, { coverage: true });
 */
export async function testPolicies(
  sources: readonly PolicySource[],
  tools: readonly ToolDefinition[],
  options: PolicyTestOptions = {},
): Promise<PolicyTestResult> {
  const targets = targetsOf(tools);
  const { policies, tests, packs, diagnostics } = loadPolicies(sources, { nameSeed: 'local', gateway: { targets } });
  if (hasErrors(diagnostics)) throw new GovernanceError(diagnostics);
  const trusted = { onSpoof: 'overwrite', tables: {} } as const;
  return testFiles({ policies, targets, packs, trusted, gatewayArn: LOCAL_GATEWAY_ARN }, tests, options);
}

/**
 * Runs policy tests offline against a gateway of a synthesized app: identity, trusted context and test files are those of the app.
 * Policies are those of the app's files as they are now. Throws a {@link GovernanceError} when there is no such gateway, when another file
 * that it was synthesized from was changed since, and with everything that is wrong in test files.
 * @param assembly the app's `cdk.out`, or one gateway manifest
 * @param name stack, construct path or name of the gateway, if the app has several
 *
 * @example
 * const { report } = await testGateway('cdk.out', 'dev/Lakehouse/Gateway');
 */
export async function testGateway(
  assembly: string,
  name?: string,
  options: PolicyTestOptions = {},
): Promise<PolicyTestResult> {
  const { file, manifest, appDirectory } = currentManifest(oneManifest(assembly, name), {
    frozen: options.frozen === true,
  });
  const declared = manifest.tests.map((path) => relative('.', resolve(appDirectory, path)));
  return testFiles(gatewayOfManifest(manifest, file), declared, options);
}

async function testFiles(
  gateway: GatewayUnderTest,
  declared: readonly string[],
  options: PolicyTestOptions,
): Promise<PolicyTestResult> {
  const own = (options.files ?? declared).map((path) => ({ path, text: textOf(path) }));
  const texts = options.files === undefined ? [...own, ...packTests(gateway)] : own;
  if (texts.length === 0) throw GovernanceError.of('TEST_FILES_NONE', { place: 'the policies' });
  const findings: Diagnostic[] = [];
  const files = texts.flatMap(({ path, text }) => {
    const { testFile, diagnostics } = readTestFile(path, text);
    findings.push(...diagnostics, ...(testFile ? checkReferences(testFile, gateway) : []));
    return testFile ?? [];
  });
  if (hasErrors(findings)) throw new GovernanceError(findings);
  const result = await runPolicyTests(gateway, files, options);
  return { ...result, findings: [...findings, ...result.findings] };
}

/** Runs tests that are read already. Mutants are made only where every test passes. */
export async function runPolicyTests(
  gateway: GatewayUnderTest,
  files: readonly TestFile[],
  options: Omit<PolicyTestOptions, 'files'> & { readonly onMutant?: (done: number, total: number) => void },
): Promise<PolicyTestResult> {
  const backend = new OfflineBackend(gateway);
  const report = await runTests(files, backend, options.filter === undefined ? {} : { filter: options.filter });
  const coverage = options.coverage === true ? measureCoverage(backend.set, backend.decided) : undefined;
  const onMutant = (_: unknown, done: number, total: number): void => options.onMutant?.(done, total);
  const suggest = options.suggest === true;
  const mutates = (options.mutate === true || suggest) && report.failed === 0;
  const mutation = mutates ? await mutate(gateway, files, backend.set, { onMutant, suggest }) : undefined;
  if (mutation && hasErrors(mutation.diagnostics)) throw new GovernanceError(mutation.diagnostics);
  const findings = options.filter === undefined ? idleSteps(gateway, files) : [];
  return { report, findings, ...(coverage ? { coverage } : {}), ...(mutation ? { mutation } : {}) };
}

/** The tests of a gateway's packs, which stand in no files. */
export function packTests({ packs = [] }: Pick<GatewayUnderTest, 'packs'>): { path: string; text: string }[] {
  return packs.map(({ id, tests }) => ({ path: packFile(id), text: tests }));
}

/** The search tool belongs to the gateway itself. */
function targetsOf(tools: readonly ToolDefinition[]): CatalogTarget[] {
  const targets = new Map<string, ToolDefinition[]>();
  for (const tool of tools.filter(({ name }) => name !== SEARCH_TOOL_NAME)) {
    const parts = splitToolName(tool.name);
    if (parts === undefined) throw GovernanceError.of('COMMAND_TOOL_WITHOUT_TARGET', { name: tool.name });
    targets.set(parts.target, [...(targets.get(parts.target) ?? []), { ...tool, name: parts.tool }]);
  }
  return [...targets].map(([name, own]) => ({ name, tools: own }));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw GovernanceError.of('TEST_FILES_NONE', { place: path });
  }
}
