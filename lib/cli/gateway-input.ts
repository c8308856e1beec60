import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { EnforcementMode } from '../contract/decision';
import { LOCAL_GATEWAY_ARN } from '../contract/local-arn';
import type { IdentityManifest, PersonaManifest } from '../contract/manifest';
import type { DesiredPolicy } from '../contract/policy-set-document';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import { readManifests } from '../policy/assembly/manifest-files';
import { type CurrentManifest, currentManifest } from '../policy/source/current-manifest';
import { loadPolicies, PolicySource } from '../policy/source/source';
import { type GatewayUnderTest, gatewayOfManifest } from '../policy/testing/run/gateway-under-test';
import { GATEWAY_OPTION } from './gateway-option';
import { readText } from './read-value';
import { holdsLargeSet, isLargeSet } from './set-size';
import type { Terminal } from './terminal';
import { readToolList } from './tool-list';

/** Where the assembly of a CDK app lies when nobody says otherwise. */
export const DEFAULT_ASSEMBLY = 'cdk.out';

/** Options by which every command finds its gateways. */
export interface GatewayOptions {
  readonly app?: string;
  readonly gateway?: string;
  readonly frozen?: true;
  readonly policies?: string;
  readonly tools?: string;
  readonly identity?: string;
}

/** What stack and gateway are called in the account. */
export interface DeployedNames {
  readonly stack: string;
  readonly gateway: string;
}

/** One gateway to work on, from a manifest or from files. */
export interface GatewayInput extends GatewayUnderTest {
  /** Construct path, or the folder of the policies. */
  readonly label: string;
  /** Mode in which the gateway attaches its policies; `ENFORCE` without a manifest. */
  readonly mode: EnforcementMode;
  /** Names outside the app. @default - the gateway is made of files */
  readonly deployedAs?: DeployedNames;
  /** Users whom the app declares for local runs. */
  readonly personas: readonly PersonaManifest[];
  /** Texts of the policy files, so that findings can underline. */
  readonly texts: ReadonlyMap<string, string>;
  /** Test files, relative to the current directory. */
  readonly tests: readonly string[];
  /** Folders and files that policies came from, relative to a directory. */
  readonly sources: { readonly directory: string; readonly paths: readonly string[] };
  /** Warnings about the files; errors were thrown. */
  readonly findings: readonly Diagnostic[];
}

/** Declares the options. */
export function gatewayOptions(command: Command): Command {
  return command
    .option('--app <dir>', `cloud assembly with gateway manifests (default: ${DEFAULT_ASSEMBLY})`)
    .option(...GATEWAY_OPTION)
    .option('--frozen', 'use the assembly as it is, whatever was changed since synth')
    .option('--policies <dir>', 'folder of .cedar files, or one file, in place of an app')
    .option('--tools <file>', "the gateway's answer to tools/list as JSON, with names target___tool")
    .option('--identity <file>', 'JSON file that lists the claims of tokens');
}

/** The gateways that the options name. Throws when there is none, or when something in them cannot be read. */
export async function gatewayInputs(terminal: Terminal, options: GatewayOptions): Promise<GatewayInput[]> {
  const fromFiles = (['policies', 'tools', 'identity'] as const).find((name) => options[name] !== undefined);
  const fromApp = (['app', 'gateway', 'frozen'] as const).find((name) => options[name] !== undefined);
  if (fromFiles !== undefined && fromApp !== undefined) {
    throw GovernanceError.of('COMMAND_OPTIONS_EXCLUSIVE', { first: `--${fromApp}`, second: `--${fromFiles}` });
  }
  if (fromFiles !== undefined) return [await fromPolicies(terminal, options)];
  const assembly = options.app ?? DEFAULT_ASSEMBLY;
  if (options.app === undefined && !existsSync(resolve(terminal.cwd, assembly))) {
    throw GovernanceError.of('COMMAND_INPUT_MISSING', { assembly });
  }
  const manifests = readManifests(assembly, options.gateway, terminal.cwd);
  const frozen = options.frozen === true;
  if (isLargeSet(manifests.flatMap(({ manifest }) => manifest.policies))) terminal.expectMuchWork?.();
  return Promise.all(
    manifests.map((found) => {
      const manifest = currentManifest(found, { baseDirectory: terminal.cwd, frozen });
      if (manifest.notice !== undefined) terminal.err(`${manifest.notice}\n`);
      return fromManifest(terminal, manifest);
    }),
  );
}

/** The gateways of an assembly as they were synthesized. The files of today say nothing about them, and underline nothing. */
export async function synthesizedGateways(
  terminal: Terminal,
  assembly: string,
  name: string | undefined,
): Promise<GatewayInput[]> {
  const manifests = readManifests(assembly, name, terminal.cwd);
  const read = manifests.map((found) => currentManifest(found, { baseDirectory: terminal.cwd, frozen: true }));
  return Promise.all(read.map(async (one) => ({ ...(await fromManifest(terminal, one)), texts: new Map() })));
}

/** As {@link gatewayInputs}, for commands that work on one gateway. */
export async function oneGateway(terminal: Terminal, options: GatewayOptions): Promise<GatewayInput> {
  return theOnly(await gatewayInputs(terminal, options));
}

/** Throws where there is more than one. */
export function theOnly([first, ...others]: readonly GatewayInput[]): GatewayInput {
  if (first !== undefined && others.length === 0) return first;
  const paths = [first, ...others].flatMap((gateway) => (gateway === undefined ? [] : [gateway.label]));
  throw GovernanceError.of('MANIFEST_GATEWAY_AMBIGUOUS', { paths });
}

async function fromPolicies(terminal: Terminal, options: GatewayOptions): Promise<GatewayInput> {
  if (options.policies === undefined || options.tools === undefined) {
    const given = (['policies', 'tools', 'identity'] as const).find((name) => options[name] !== undefined);
    const missing = options.policies === undefined ? '--policies' : '--tools';
    throw GovernanceError.of('COMMAND_OPTIONS_TOGETHER', { given: `--${given}`, missing });
  }
  const targets = await readToolList(options.tools, await readText(terminal, options.tools));
  const identity = options.identity === undefined ? undefined : await identityOf(terminal, options.identity);
  const path = options.policies;
  if (holdsLargeSet(resolve(terminal.cwd, path))) terminal.expectMuchWork?.();
  const source = path.endsWith('.cedar') ? PolicySource.fromFile(path) : PolicySource.fromDirectory(path);
  const loaded = loadPolicies([source], { baseDirectory: terminal.cwd, nameSeed: 'local' });
  if (hasErrors(loaded.diagnostics)) throw new GovernanceError(loaded.diagnostics);
  return {
    label: path,
    mode: 'ENFORCE',
    personas: [],
    policies: loaded.policies,
    invariants: loaded.invariants,
    texts: loaded.texts,
    targets,
    gatewayArn: LOCAL_GATEWAY_ARN,
    trusted: { onSpoof: 'overwrite', tables: {} },
    tests: loaded.tests,
    sources: { directory: terminal.cwd, paths: [relative(terminal.cwd, resolve(terminal.cwd, path))] },
    findings: loaded.diagnostics,
    ...(identity === undefined ? {} : { identity }),
  };
}

async function identityOf(terminal: Terminal, file: string): Promise<IdentityManifest> {
  const text = await readText(terminal, file);
  const { readIdentity } = await import('./identity-file.js');
  return readIdentity(file, text);
}

async function fromManifest(
  terminal: Terminal,
  { file, manifest, appDirectory, findings = [] }: CurrentManifest,
): Promise<GatewayInput> {
  return {
    ...gatewayOfManifest(manifest, file),
    label: manifest.path,
    mode: manifest.gateway.mode,
    deployedAs: { stack: manifest.stackName, gateway: manifest.gateway.name },
    personas: manifest.local.personas,
    texts: await textsOf(appDirectory, manifest.policies),
    tests: manifest.tests.map((path) => relative(terminal.cwd, resolve(appDirectory, path))),
    sources: { directory: appDirectory, paths: manifest.policySources },
    findings,
  };
}

async function textsOf(appDirectory: string, policies: readonly DesiredPolicy[]): Promise<ReadonlyMap<string, string>> {
  const files = [...new Set(policies.map(({ origin }) => origin.file))];
  const read = await Promise.all(
    files.map(
      async (file) => [file, await readFile(resolve(appDirectory, file), 'utf8').catch(() => undefined)] as const,
    ),
  );
  return new Map(read.flatMap(([file, text]) => (text === undefined ? [] : [[file, text] as const])));
}
