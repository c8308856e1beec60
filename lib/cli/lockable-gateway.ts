import { type Command, Option } from 'commander';
import { CALLER_TYPES } from '../contract/claims';
import { LOCAL_ENGINE_ID, LOCAL_GATEWAY_ARN, LOCAL_GATEWAY_ID } from '../contract/local-arn';
import type { LockScope } from '../contract/lock';
import type { GatewayManifest } from '../contract/manifest';
import { joinToolName } from '../contract/tool-name';
import { controlPlane } from '../deployed/aws-sender';
import type { DeployedStack } from '../deployed/deployed-stack';
import { type LockableGateway, Locks, type Waiting } from '../deployed/lock/locks';
import { GovernanceError } from '../diagnostics/governance-error';
import { suggest } from '../diagnostics/suggest';
import { deployedGateway } from './deployed-gateway';
import { DEFAULT_ASSEMBLY } from './gateway-input';
import { GATEWAY_OPTION } from './gateway-option';
import { emulatedManifest, emulatorOption, emulatorUrl } from './running-emulator';
import type { Terminal } from './terminal';

/** What `lock` and `unlock` work on. */
export interface LockOptions {
  readonly app?: string;
  readonly gateway?: string;
  readonly emulator?: string | true;
  readonly all?: true;
  readonly tool?: string;
  readonly target?: string;
  readonly caller?: string;
}

/** Declares the options. */
export function lockOptions(command: Command): Command {
  return emulatorOption(command)
    .option('--app <dir>', `cloud assembly with gateway manifests (default: ${DEFAULT_ASSEMBLY})`)
    .option(...GATEWAY_OPTION)
    .option('--all', 'every call')
    .option('--tool <name>', 'the calls of one tool, named as clients see it: target___tool')
    .option('--target <name>', 'the calls of all tools of one target')
    .addOption(
      new Option('--caller <sub>', 'the calls of one caller: `sub` of the token, or ARN without session name'),
    );
}

/** A gateway that runs, with its locks. */
export interface DeployedLocks {
  readonly manifest: GatewayManifest;
  readonly gateway: LockableGateway;
  readonly stack: DeployedStack;
  readonly locks: Locks;
  /** Address of the emulator that it runs on. @default - deployed */
  readonly emulator?: string;
  readonly callers: (typeof CALLER_TYPES)[keyof typeof CALLER_TYPES];
}

/** Time of this process. */
export const WAITING: Waiting = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
};

/**
 * The gateway that the options name, as it is deployed or as it runs on the emulator. Throws `VERIFY_GATEWAY_MISSING`,
 * `VERIFY_OUTPUT_MISSING` or `EMULATOR_NOT_RUNNING`.
 */
export async function openLocks(terminal: Terminal, options: LockOptions): Promise<DeployedLocks> {
  const emulator = emulatorUrl(options.emulator);
  return emulator === undefined ? openDeployed(terminal, options) : openEmulated(emulator, options);
}

async function openEmulated(emulator: string, { app, gateway: named }: LockOptions): Promise<DeployedLocks> {
  const second = app === undefined ? (named === undefined ? undefined : '--gateway') : '--app';
  if (second !== undefined) throw GovernanceError.of('COMMAND_OPTIONS_EXCLUSIVE', { first: '--emulator', second });
  const manifest = await emulatedManifest(emulator);
  const gateway = { gatewayId: LOCAL_GATEWAY_ID, gatewayArn: LOCAL_GATEWAY_ARN, policyEngineId: LOCAL_ENGINE_ID };
  return {
    manifest,
    gateway,
    emulator,
    stack: { stackName: manifest.stackName, outputs: { GatewayUrl: new URL('/mcp', emulator).href } },
    locks: new Locks(gateway, await controlPlane(emulator), WAITING),
    callers: CALLER_TYPES[manifest.identity.authorization],
  };
}

async function openDeployed(terminal: Terminal, options: LockOptions): Promise<DeployedLocks> {
  const deployed = await deployedGateway(terminal, options);
  return {
    ...deployed,
    locks: new Locks(deployed.gateway, await controlPlane(), WAITING),
    callers: CALLER_TYPES[deployed.manifest.identity.authorization],
  };
}

/** Full names of a gateway's tools. */
function toolsOf({ targets }: GatewayManifest): string[] {
  return targets.flatMap(({ name, tools }) => tools.map((tool) => joinToolName(name, tool.name)));
}

/**
 * What the options name to be stopped. Throws `LOCK_SCOPE` or `LOCK_UNKNOWN`.
 * @param locked what is locked already, by whatever name
 */
export function lockScope(
  { all, tool, target, caller }: LockOptions,
  manifest: GatewayManifest,
  locked: readonly LockScope[] = [],
): LockScope {
  const scopes: LockScope[] = [
    ...(all ? [{ kind: 'all' as const }] : []),
    ...(tool === undefined ? [] : [{ kind: 'tool' as const, name: tool }]),
    ...(target === undefined ? [] : [{ kind: 'target' as const, name: target }]),
    ...(caller === undefined ? [] : [{ kind: 'caller' as const, name: caller }]),
  ];
  const [scope, ...others] = scopes;
  if (scope === undefined || others.length > 0) throw GovernanceError.of('LOCK_SCOPE', { given: scopes.length });
  if (scope.kind === 'all' || scope.kind === 'caller') return scope;
  if (locked.some((one) => sameScope(one, scope))) return scope;
  const known = scope.kind === 'tool' ? toolsOf(manifest) : manifest.targets.map(({ name }) => name);
  if (known.includes(scope.name)) return scope;
  const { kind, name } = scope;
  throw GovernanceError.of('LOCK_UNKNOWN', { kind, name, suggestion: suggest(name, known) });
}

/** Whether two locks stop the same. */
export function sameScope(one: LockScope, other: LockScope): boolean {
  return one.kind === other.kind && (one.kind === 'all' || other.kind === 'all' || one.name === other.name);
}

/** Tells at Ctrl-C that an order to the service cannot be taken back, and goes on to its end. Another Ctrl-C leaves. */
export function sayWhatStays(terminal: Terminal, what: string): void {
  terminal.onInterrupt(() =>
    terminal.err(`${what}: waiting for its end; Ctrl-C again leaves, and \`lock --list\` tells\n`),
  );
}
