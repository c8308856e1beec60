import { deployedPolicies } from '../contract/tool-classes/deployed-policies';
import { cognitoSignIn } from '../deployed/cognito-sign-in';
import { readStack, requiredOutput } from '../deployed/deployed-stack';
import type { GatewayCheck } from '../deployed/gateway-check';
import { checkInterceptors } from '../deployed/interceptor-checks';
import { diagnostic } from '../diagnostics/diagnostic';
import { type ManifestFile, oneManifest } from '../policy/assembly/manifest-files';
import type { VerificationBackend } from '../policy/testing/run/verification-backend';
import { EmulatorBackend } from '../verify/emulator-backend';
import { LiveBackend } from '../verify/live-backend';
import { DEFAULT_ASSEMBLY } from './gateway-input';
import { printDiagnostics } from './print-diagnostics';
import { readTargetOptions, type TargetOptions } from './target-options';
import type { Terminal } from './terminal';
import { driftChecks } from './verify-control-plane';

/** What `verify` is asked for. */
export interface VerifyOptions extends TargetOptions {
  readonly app?: string;
  readonly gateway?: string;
  readonly emulator?: true | string;
  readonly url?: string;
  readonly filter?: string;
  readonly controlPlane?: true;
  readonly interceptors?: true;
  readonly format: 'text' | 'json' | 'junit' | 'sarif';
}

/** A gateway that answers, and what was found out about it beside its answers. */
export interface LiveRun {
  readonly backend: VerificationBackend;
  readonly checks: readonly GatewayCheck[];
  close(): Promise<void>;
}

/** Variable with the password of all test users, and start of the variables with that of one. */
const PASSWORD = 'GOVERNED_GATEWAY_PASSWORD';

/** @param path construct path of the gateway */
export async function openEmulator(terminal: Terminal, path: string, options: VerifyOptions): Promise<LiveRun> {
  const file = manifestFile(terminal, path, options);
  const backend = await EmulatorBackend.start({
    ...readTargetOptions(options, terminal),
    assembly: file.file,
    appDirectory: terminal.cwd,
  });
  for (const notice of backend.notices()) terminal.err(`${notice}\n`);
  return { backend, checks: [], close: () => backend.stop() };
}

/** @param path construct path of the gateway */
export async function openDeployed(terminal: Terminal, path: string, options: VerifyOptions): Promise<LiveRun> {
  const file = manifestFile(terminal, path, options);
  const { manifest } = file;
  if (manifest.gateway.mode === 'LOG_ONLY') {
    printDiagnostics(terminal, 'text', [diagnostic('VERIFY_LOGS_ONLY', { path: manifest.path })]);
  }
  const stack = await readStack(manifest, manifest.stackName);
  const url = options.url === undefined || options.url === 'auto' ? requiredOutput(stack, 'GatewayUrl') : options.url;
  const signIn = manifest.identity.authorization === 'none' ? anonymous : cognitoSignIn(stack, passwordOf);
  const policies = deployedPolicies(manifest.policies, manifest.targets);
  const backend = new LiveBackend({ name: 'deployed', url, policies, signIn });
  const checks = [
    ...(options.controlPlane ? await driftChecks(file) : []),
    ...(options.interceptors ? await checkInterceptors(stack) : []),
  ];
  return { backend, checks, close: () => backend.close() };
}

function manifestFile(terminal: Terminal, path: string, options: VerifyOptions): ManifestFile {
  return oneManifest(options.app ?? DEFAULT_ASSEMBLY, path, terminal.cwd);
}

function anonymous(): Promise<undefined> {
  return Promise.resolve(undefined);
}

function passwordOf(username: string): string | undefined {
  const own = `${PASSWORD}_${username.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  return process.env[own] ?? process.env[PASSWORD];
}
