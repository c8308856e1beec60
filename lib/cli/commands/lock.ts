import type { DeployedLock } from '../../contract/drift/compare-policies';
import type { LockScope } from '../../contract/lock';
import { diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { CliCommand } from '../command';
import { scopeText } from '../drift-findings';
import { EXIT, type ExitCode } from '../exit-code';
import { probeDeployed } from '../lock-probe';
import {
  type DeployedLocks,
  type LockOptions,
  lockOptions,
  lockScope,
  openLocks,
  sayWhatStays,
  WAITING,
} from '../lockable-gateway';
import { printDiagnostics, printJson } from '../print-diagnostics';
import { durationOf } from '../read-value';
import type { Terminal } from '../terminal';

interface Options extends LockOptions {
  readonly list?: true;
  readonly reason?: string;
  readonly for?: string;
  readonly enforce?: true;
  readonly format: 'text' | 'json';
}

/** Stops calls of a deployed gateway within a minute and without a deployment, or lists what is stopped. */
export const command: CliCommand<Options> = {
  configure(parser) {
    lockOptions(parser)
      .option('--reason <text>', 'why, for everybody who meets the lock later')
      .option('--for <time>', 'how long: `30m`, `2h`, `1d`; the lock ends by itself')
      .option('--enforce', 'on a gateway that only logs, also switch it to ENFORCE')
      .option('--list', 'show the locks of the gateway, and change nothing')
      .option('--format <format>', 'text or json', 'text');
  },

  async run({ options, terminal }) {
    const deployed = await openLocks(terminal, options);
    if (options.list) return list(terminal, await deployed.locks.list(), options.format);
    const scope = lockScope(options, deployed.manifest);
    const policyId = await add(terminal, deployed, scope, options);
    if (!(await enforces(terminal, deployed, options.enforce === true))) return EXIT.negative;
    return show(terminal, await probeDeployed(deployed, scope, policyId), scope);
  },
};

/** Locks, and gives the id of the lock's policy. */
async function add(
  terminal: Terminal,
  { gateway, locks, callers }: DeployedLocks,
  scope: LockScope,
  options: Options,
): Promise<string> {
  const { gatewayArn } = gateway;
  const start = WAITING.now();
  const end = start + lengthOf(options.for);
  const { reason = '' } = options;
  if (reason.trim() === '') throw GovernanceError.of('LOCK_TEXT', { option: '--reason', problem: 'it is missing' });
  sayWhatStays(terminal, 'the lock is ordered, and stays');
  try {
    const policyId = await locks.add({ gatewayArn, callers, scope, reason, start, end });
    terminal.out(`${scopeText(scope)} locked until ${new Date(end).toISOString()} by policy ${policyId}\n`);
    return policyId;
  } catch (error) {
    if (error instanceof RangeError)
      throw GovernanceError.of('LOCK_TEXT', { option: '--reason', problem: error.message });
    throw error;
  }
}

/** Whether the gateway enforces its policies: without that, a lock stops nothing. */
async function enforces(terminal: Terminal, { locks, manifest }: DeployedLocks, mayChange: boolean): Promise<boolean> {
  if ((await locks.mode()) === 'ENFORCE') return true;
  if (!mayChange) {
    printDiagnostics(terminal, 'text', [diagnostic('LOCK_LOGS_ONLY', { path: manifest.path })]);
    return false;
  }
  await locks.enforce();
  terminal.out('the gateway enforces its policies now; the next change of its stack may set that back\n');
  return true;
}

const REFUSED = { lock: 'denied by the lock', unknown: 'refused' };

function show(terminal: Terminal, probe: Awaited<ReturnType<typeof probeDeployed>>, scope: LockScope): ExitCode {
  if (probe.kind === 'passes') {
    printDiagnostics(terminal, 'text', [diagnostic('LOCK_PASSES', { tool: probe.tool })]);
    return EXIT.negative;
  }
  if (probe.kind === 'stopped')
    terminal.out(
      `asked the gateway: ${probe.tool} is not listed any more, and a call without arguments was ${REFUSED[probe.by]}\n`,
    );
  else if (probe.kind === 'nothing') terminal.out(`did not ask the gateway: ${scopeText(scope)} has no tool\n`);
  else terminal.out(`did not ask the gateway: ${probe.reason}\n`);
  return EXIT.ok;
}

function list(terminal: Terminal, found: readonly DeployedLock[], format: Options['format']): ExitCode {
  const shown = found.map(({ policyId, inForce, lock: { scope, reason, start, end } }) => ({
    policyId,
    inForce,
    scope,
    reason,
    start,
    end,
  }));
  if (format === 'json') printJson(terminal, { locks: shown });
  else if (shown.length === 0) terminal.out('no locks\n');
  else for (const one of shown) terminal.out(line(one));
  return EXIT.ok;
}

function line({
  policyId,
  inForce,
  scope,
  reason,
  end,
}: {
  policyId: string;
  inForce: boolean;
  scope: LockScope;
  reason: string | undefined;
  end: number;
}): string {
  const until = new Date(end).toISOString();
  const why = (reason ?? 'no reason is left').replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
  return `${inForce ? 'denies' : 'over  '}  ${scopeText(scope)} until ${until}  ${policyId}  ${why}\n`;
}

function lengthOf(text = ''): number {
  const milliseconds = durationOf(text) ?? 0;
  if (milliseconds > 0) return milliseconds;
  throw GovernanceError.of('LOCK_TEXT', {
    option: '--for',
    problem: text === '' ? 'it is missing' : `\`${text}\` is no time`,
  });
}
