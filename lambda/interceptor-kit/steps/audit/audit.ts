import { hash, randomUUID } from 'node:crypto';
import { AUDIT_GENESIS, AUDIT_VERSION, type AuditRecord, hashedLine } from '../../../../lib/contract/audit-record';
import { canonicalJson } from '../../../../lib/contract/canonical-json';
import type { Claims } from '../../../../lib/contract/claims';
import type { JsonObject, JsonValue } from '../../../../lib/contract/json';
import type { AuditConfig } from '../../../../lib/contract/steps/audit';
import { selectsTool } from '../../../../lib/contract/steps/selectors';
import type { StepFactory } from '../../chain/configured-steps';
import { outcomeOf } from '../../chain/ending';
import type { Conclusion, Step, StepContext } from '../../chain/step';
import type { Call, ToolCall } from '../../message/call';
import { maskSecrets } from '../../message/secret-text';
import { putRecord } from '../../sdk/firehose-record';

/** Where records go. Replaced in tests. */
export interface AuditDependencies {
  /** Writes one line to the log. @default - standard output */
  readonly write?: (line: string) => void;
  /** Delivers one line to a stream. @default - Amazon Data Firehose */
  readonly deliver?: (stream: string, line: string, signal: AbortSignal) => Promise<void>;
  /** @default - the variables of the process */
  readonly environment?: { readonly [name: string]: string | undefined };
  /** Id of this function instance. @default - random */
  readonly writer?: string;
}

/** Longest text of a client that a record repeats. */
const MAX_TEXT = 256;

const REDACTED = '[redacted]';

/**
 * Writes one record per message, chained by hash. The chain lives as long as the function instance. Arguments are recorded by hash, and in
 * clear only where they are named; results, tokens and session ids are not recorded.
 */
export function audit(config: AuditConfig, dependencies: AuditDependencies = {}): Step {
  const { environment = process.env, write = writeToStdout, deliver = putRecord } = dependencies;
  const writer = dependencies.writer ?? randomUUID();
  let sequence = 0;
  let previous = AUDIT_GENESIS;

  function chained(conclusion: Conclusion, context: StepContext): string {
    const record = recordOf(conclusion, context, config, { previous, sequence, writer });
    const { hash, line } = hashedLine(record as unknown as JsonObject, sha256);
    sequence++;
    previous = hash;
    return line;
  }

  /** Waits for a stream only: the budget of a part that waits takes longer than a record. */
  function observe(conclusion: Conclusion, context: StepContext): void | Promise<void> {
    if (conclusion.point === 'REQUEST' && config.points === 'response') return;
    const line = chained(conclusion, context);
    write(line);
    return config.streamVariable === undefined ? undefined : sent(config.streamVariable, line, context);
  }

  async function sent(variable: string, line: string, context: StepContext): Promise<void> {
    try {
      const stream = environment[variable];
      if (stream === undefined) throw new Error(`${variable} is not set`);
      await deliver(stream, line, context.signal);
    } catch (error) {
      if (config.onDeliveryFailure === 'deny') throw error;
      context.log.error('audit record not delivered', { error, requestId: context.requestId });
    }
  }

  return { name: 'audit', budgetMs: 3_000, observe };
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/** A record's place in the chain of its writer. */
type Place = Pick<AuditRecord, 'previous' | 'sequence' | 'writer'>;

/** A record without its hash. Members are in the order of their names, in which they are hashed and written. */
function recordOf(
  conclusion: Conclusion,
  { now, headers, requestId }: StepContext,
  config: AuditConfig,
  { previous, sequence, writer }: Place,
): Omit<AuditRecord, 'hash'> {
  const { call, claims, point } = conclusion;
  const trace = headers.get('traceparent') ?? headers.get('x-amzn-trace-id');
  const session = headers.get('mcp-session-id');
  const { outcome, reason, toldBy } = outcomeOf(conclusion);
  const ids: Writable<AuditRecord['ids']> = {
    invocation: requestId,
    message: call?.id === undefined ? null : shortened(call.id),
  };
  // A session id opens the session; its hash is enough to find its calls.
  if (session !== undefined) ids.session = sha256(session).slice(0, 16);
  if (trace !== undefined && /^[\w=;:.-]{1,256}$/.test(trace)) ids.trace = trace;
  return {
    audit: AUDIT_VERSION,
    durationMs: Math.round(conclusion.durationMs * 1_000) / 1_000,
    ids,
    outcome,
    point: point === 'REQUEST' ? 'request' : 'response',
    previous,
    ...(reason === undefined ? {} : { reason }),
    sequence,
    time: now.toISOString(),
    ...(toldBy === undefined ? {} : { toldBy }),
    what: call === undefined ? { method: null } : describeCall(call, config),
    who: { claims: chosenClaims(claims, config.claims), subject: shortenedText(textClaim(claims, 'sub')) ?? null },
    writer,
  };
}

function describeCall(call: Call, config: AuditConfig): AuditRecord['what'] {
  const method = shortenedText(call.method);
  if (call.kind === 'tools/call') {
    const { target, name } = call.tool;
    return {
      ...(config.arguments.length === 0 ? {} : shownArguments(call, config)),
      argumentsHash: sha256(canonicalJson(call.arguments)),
      method,
      ...(target === undefined ? {} : { target: shortenedText(target) }),
      tool: shortenedText(name),
    };
  }
  const name = call.kind === 'prompts/get' ? call.name : 'uri' in call ? call.uri : undefined;
  return { method, ...(name === undefined ? {} : { name: shortenedText(name) }) };
}

/** Arguments that are recorded in clear, if any. */
function shownArguments({ tool, arguments: args }: ToolCall, config: AuditConfig): { readonly arguments?: JsonObject } {
  const named = config.arguments.filter((entry) => selectsTool(entry.tools, tool.fullName));
  const clear = new Set(named.flatMap((entry) => entry.names));
  const shown = Object.entries(args).filter(([argument]) => clear.has(argument));
  if (shown.length === 0) return {};
  return { arguments: Object.fromEntries(shown.map(([key, value]) => [key, shortened(value)])) };
}

function chosenClaims(claims: Claims | undefined, names: readonly string[]): JsonObject {
  const chosen: [string, JsonValue][] = [];
  for (const name of names) {
    if (claims !== undefined && Object.hasOwn(claims, name)) chosen.push([name, shortened(claims[name] ?? null)]);
  }
  return Object.fromEntries(chosen);
}

function textClaim(claims: Claims | undefined, name: string): string | undefined {
  const value = claims?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** A value as it is, or the beginning of its text when it is long. Nothing that looks like a token is recorded, wherever a caller puts it. */
function shortened(value: JsonValue): JsonValue {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = maskSecrets(text, REDACTED);
  if (shown.length > MAX_TEXT) return `${shown.slice(0, MAX_TEXT)}[cut]`;
  return shown === text ? value : shown;
}

function shortenedText<T extends string | undefined>(text: T): T {
  return (text === undefined ? text : shortened(text)) as T;
}

function sha256(text: string): string {
  return hash('sha256', text);
}

function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The step of a configuration. */
export const make: StepFactory<'audit'> = (config) => audit(config);
