import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ObservedCall } from '../decisions/observed-call';
import { readLines } from '../decisions/read/file-lines';
import { CallReader, type LineCounts } from '../decisions/read/read-calls';
import { readDecisionLines } from '../deployed/decision-lines/decision-lines';
import { type DecisionCounts, readDecisionCounts } from '../deployed/decision-lines/metrics';
import { readStack } from '../deployed/deployed-stack';
import { diagnostic } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import { type ManifestFile, oneManifest } from '../policy/assembly/manifest-files';
import { DEFAULT_ASSEMBLY, type GatewayOptions, gatewayOptions } from './gateway-input';
import { bySource, sourceIds } from './observed-policies';
import { printDiagnostics } from './print-diagnostics';
import { collect, durationOf } from './read-value';
import { emulatorOption, emulatorRecords, emulatorUrl } from './running-emulator';
import type { Terminal } from './terminal';

/** Options by which commands find recorded calls. */
export interface SourceOptions extends GatewayOptions {
  readonly file: readonly string[];
  readonly since?: string;
  readonly emulator?: string | true;
  /** Cloud assembly with the policies that decided, beside that of `app`. */
  readonly base?: string;
}

/** Declares the options. */
export function sourceOptions(command: Command): Command {
  return emulatorOption(gatewayOptions(command))
    .option('--file <file>', 'records, log lines or spans as lines of JSON, also packed (.gz); repeatable', collect, [])
    .option('--since <time>', 'only calls since then: `7d`, `12h`, or a time such as 2026-11-20T10:00:00Z');
}

/** Calls that were read, and their sources. */
export interface ReadSources {
  readonly lines: LineCounts;
  /** Log groups of a deployed gateway that do not exist. */
  readonly missing: readonly string[];
}

/** Which gateway is meant, and since when. */
type Deployed = { readonly [name in 'gateway' | 'app' | 'since']?: string | undefined };

/** Period of a deployed gateway that is read when nobody says since when. */
const PERIOD = '7d';

/** Lines between two signs of life. */
const PROGRESS = 10_000;

/**
 * Reads every source and tells each call once. Throws a GovernanceError when nothing could be read, and after Ctrl-C: an answer about a part
 * of the calls would look like one about all of them.
 */
export async function readCalls(
  terminal: Terminal,
  command: string,
  options: SourceOptions,
  tell: (call: ObservedCall) => void,
): Promise<ReadSources> {
  const { file, since, gateway, app, emulator } = options;
  if (file.length > 0 && emulator !== undefined)
    throw GovernanceError.of('COMMAND_OPTIONS_EXCLUSIVE', { first: '--file', second: '--emulator' });
  if (file.length === 0 && gateway === undefined && emulator === undefined)
    throw GovernanceError.of('COMMAND_OPTION_MISSING', { command, option: '--file', or: '--gateway' });
  const earliest = since === undefined ? '' : sinceTime(since, new Date()).toISOString();
  const stop = new AbortController();
  terminal.onInterrupt(() => stop.abort());
  const ids = sourceIds(terminal, options);
  let lines = 0;
  const reader = new CallReader((call) => {
    if (call.time >= earliest) tell(bySource(call, ids));
  });
  const onLine = (line: string): void => {
    reader.line(line);
    lines++;
    if (terminal.interactive && lines % PROGRESS === 0) terminal.err(`\r${lines} lines`);
  };
  for (const path of file) {
    try {
      await readLines(resolve(terminal.cwd, path), onLine, stop.signal);
    } catch (error) {
      const problem = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
      throw GovernanceError.of('COMMAND_FILE_UNREADABLE', { path, problem: `reading failed (${problem})` });
    }
  }
  const url = emulatorUrl(emulator);
  if (url !== undefined) for (const line of await emulatorRecords(url)) onLine(line);
  const isDeployed = file.length === 0 && url === undefined;
  const missing = isDeployed ? await readDeployed(terminal, { gateway, app, since }, onLine, stop.signal) : [];
  reader.finish();
  if (terminal.interactive && lines >= PROGRESS) terminal.err('\n');
  if (stop.signal.aborted) throw GovernanceError.of('DECISIONS_INTERRUPTED', { lines });
  const { record, log, span } = reader.counts;
  if (record + log + span === 0)
    throw GovernanceError.of('DECISIONS_NONE', { places: file.length > 0 ? file : [url ?? gateway ?? ''] });
  return { lines: reader.counts, missing };
}

/**
 * Counts of decisions in the place of calls, from the metrics of a deployed gateway. Throws what {@link readCalls} throws, and for sources that
 * are no deployed gateway.
 */
export async function readCounts(
  terminal: Terminal,
  command: string,
  { file, since, gateway, app, emulator }: SourceOptions,
): Promise<DecisionCounts> {
  const other = file.length > 0 ? '--file' : emulator === undefined ? undefined : '--emulator';
  if (other !== undefined) throw GovernanceError.of('COMMAND_OPTIONS_EXCLUSIVE', { first: '--metrics', second: other });
  if (gateway === undefined)
    throw GovernanceError.of('COMMAND_OPTION_MISSING', { command, option: '--gateway', or: undefined });
  const { manifest } = deployedManifest(terminal, { gateway, app });
  const stop = new AbortController();
  terminal.onInterrupt(() => stop.abort());
  const until = new Date();
  const period = { since: sinceTime(since ?? PERIOD, until), until, signal: stop.signal };
  const read = await readDecisionCounts(await readStack(manifest, manifest.stackName), period);
  if (stop.signal.aborted) throw GovernanceError.of('DECISIONS_INTERRUPTED', { lines: read.counts.length });
  if (read.counts.length === 0) throw GovernanceError.of('DECISIONS_NONE', { places: [gateway] });
  return read;
}

async function readDeployed(
  terminal: Terminal,
  gateway: Deployed,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { manifest } = deployedManifest(terminal, gateway);
  const deployed = await readStack(manifest, manifest.stackName);
  const since = sinceTime(gateway.since ?? PERIOD, new Date());
  const { missing } = await readDecisionLines(deployed, { since, signal, onLine });
  printDiagnostics(
    terminal,
    'text',
    missing.map((group) => diagnostic('DECISIONS_GROUP_MISSING', { group })),
  );
  return missing;
}

/** The manifest of the gateway that is deployed. */
export function deployedManifest(terminal: Terminal, { gateway, app }: Deployed): ManifestFile {
  return oneManifest(app ?? DEFAULT_ASSEMBLY, gateway, terminal.cwd);
}

/** A point in time, or a duration before now. */
export function sinceTime(value: string, now: Date): Date {
  const before = durationOf(value);
  if (before !== undefined) return new Date(now.getTime() - before);
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(value) ? new Date(value) : new Date(Number.NaN);
  if (!Number.isNaN(time.getTime())) return time;
  throw GovernanceError.of('COMMAND_OPTION_INVALID', {
    option: '--since',
    value,
    expected: 'a duration such as `7d` or a time',
  });
}
