import { readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import { chosenGateways } from '../policy/assembly/manifest-files';
import { readTestFile } from '../policy/testing/file/read-test-file';
import type { TestFile } from '../policy/testing/file/test-file';
import { checkReferences } from '../policy/testing/run/check-references';
import { packTests } from '../policy/testing/test-policies';
import type { GatewayInput } from './gateway-input';
import { printDiagnostics } from './print-diagnostics';
import { readText } from './read-value';
import type { Terminal } from './terminal';

/** Ending of policy test files. */
const TEST_SUFFIX = '.test.yaml';

/** A gateway with the test files that are about it. */
export interface TestedGateway {
  readonly gateway: GatewayInput;
  readonly files: readonly TestFile[];
}

/** Whether there is anything to test a gateway with. */
export function hasTests({ tests, packs = [] }: GatewayInput): boolean {
  return tests.length + packs.length > 0;
}

/** The tests of packs are about their policies alone, and say nothing of who may do what. */
export function withoutPacks(gateways: readonly GatewayInput[]): GatewayInput[] {
  return gateways.map((gateway) => ({ ...gateway, packs: [] }));
}

/**
 * Reads test files and finds the gateway of each: the one that it names, those whose app declares it, or the only one.
 * @param paths files and folders that the user named; empty for all that belong to the gateways
 */
export async function readTests(
  terminal: Terminal,
  gateways: readonly GatewayInput[],
  paths: readonly string[],
): Promise<TestedGateway[]> {
  const named = (await Promise.all(paths.map((path) => filesAt(terminal, path)))).flat();
  const all = paths.length > 0 ? named : [...new Set(gateways.flatMap(({ tests }) => tests))];
  const ofPacks =
    paths.length > 0 ? [] : gateways.flatMap((gateway) => packTests(gateway).map((one) => ({ ...one, gateway })));
  if (all.length + ofPacks.length === 0)
    throw GovernanceError.of('TEST_FILES_NONE', { place: placeOf(gateways, paths) });
  const findings: Diagnostic[] = [];
  const files = new Map<GatewayInput, TestFile[]>();
  for (const path of all) {
    const { testFile, diagnostics } = readTestFile(path, await readText(terminal, path));
    findings.push(...diagnostics);
    if (testFile === undefined) continue;
    for (const gateway of gatewaysOf(terminal, testFile, gateways)) {
      findings.push(...checkReferences(testFile, gateway));
      files.set(gateway, [...(files.get(gateway) ?? []), testFile]);
    }
  }
  for (const { gateway, path, text } of ofPacks) {
    const { testFile, diagnostics } = readTestFile(path, text);
    findings.push(...diagnostics, ...(testFile ? checkReferences(testFile, gateway) : []));
    if (testFile) files.set(gateway, [...(files.get(gateway) ?? []), testFile]);
  }
  if (hasErrors(findings)) throw new GovernanceError(findings);
  printDiagnostics(terminal, 'text', findings);
  return [...files].map(([gateway, own]) => ({ gateway, files: own }));
}

function gatewaysOf(
  terminal: Terminal,
  testFile: TestFile,
  gateways: readonly GatewayInput[],
): readonly GatewayInput[] {
  const { gateway: name, file } = testFile;
  const declared = gateways.filter(({ tests }) =>
    tests.some((test) => resolve(terminal.cwd, test) === resolve(terminal.cwd, file)),
  );
  if (name === undefined || gateways.every(({ deployedAs }) => deployedAs === undefined)) {
    if (declared.length > 0) return declared;
    if (gateways.length === 1) return gateways;
    throw GovernanceError.of('MANIFEST_GATEWAY_AMBIGUOUS', { paths: gateways.map(({ label }) => label) });
  }
  return chosenGateways(name, gateways, ({ label, deployedAs }) => ({
    path: label,
    deployedAs: deployedAs === undefined ? [] : [deployedAs.stack, deployedAs.gateway],
  }));
}

/** A file itself, or the test files of a folder and of the folders in it. */
async function filesAt(terminal: Terminal, path: string): Promise<string[]> {
  const root = resolve(terminal.cwd, path);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  const found = entries.filter((entry) => entry.isFile() && entry.name.endsWith(TEST_SUFFIX));
  return found.map((entry) => relative(terminal.cwd, join(entry.parentPath, entry.name))).toSorted();
}

function placeOf(gateways: readonly GatewayInput[], paths: readonly string[]): string {
  return paths.length > 0 ? paths.join(' ') : gateways.map(({ label }) => label).join(' ');
}
