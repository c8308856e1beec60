import { isJsonObject, type JsonObject } from './json';
import { OPERATIONS_DIMENSIONS, OPERATIONS_METRICS, OPERATIONS_NAMESPACE } from './operations-metrics';

/** Format of denial lines. */
export const DENIAL_LINE_VERSION = 1;

/** Most bytes of a line. */
export const DENIAL_LINE_MAX_BYTES = 4_096;

/** Stand-in for a value that nobody may see. */
export const MASKED = '[masked]';

/** A denied message, as the RESPONSE interceptor writes it to its log. Holds no token, no result, and no argument that policies do not read. */
export interface DenialLine {
  readonly denial: typeof DENIAL_LINE_VERSION;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly gateway: string;
  /** Full name of a tool that was known at synth, else `other`. */
  readonly tool: string;
  /** MCP method, for example `tools/call`; null when the message could not be read. */
  readonly method: string | null;
  /** Claim `sub`, or else the client's id; null when nobody is known. */
  readonly caller: string | null;
  /** Who denied: policies and the REQUEST interceptor before the tool ran, the RESPONSE interceptor after it may have run. */
  readonly by: 'policy' | 'request-interceptor' | 'response-interceptor';
  /** Of an interceptor its stable word, of policies the gateway's sentence. */
  readonly reason: string;
  /** Names or ids of the policies that decided; empty when none applied, or when an interceptor denied. */
  readonly policies: readonly string[];
  /** Arguments that the deciding policies read, by their path with dots, or else those that any policy reads. */
  readonly arguments: { readonly [path: string]: string };
  /** Id of the trace that the client's message belongs to: 32 hexadecimal digits. */
  readonly trace?: string;
  /** Id of the interceptor's invocation. */
  readonly invocation: string;
}

/** The line as CloudWatch reads it, both as a record and as a metric. Source: CloudWatch user guide, embedded metric format specification. */
export function embeddedMetric(line: DenialLine): JsonObject {
  const { gateway, tool } = OPERATIONS_DIMENSIONS;
  const metric = {
    Namespace: OPERATIONS_NAMESPACE,
    Dimensions: [[gateway], [gateway, tool]],
    Metrics: [{ Name: OPERATIONS_METRICS.denials, Unit: 'Count' }],
  };
  return {
    _aws: { Timestamp: Date.parse(line.time), CloudWatchMetrics: [metric] },
    [gateway]: line.gateway,
    [tool]: line.tool,
    [OPERATIONS_METRICS.denials]: 1,
    ...(line as unknown as JsonObject),
  };
}

/** The denial of a log line; undefined for any other line. */
export function parseDenialLine(text: string): DenialLine | undefined {
  if (!text.startsWith('{') || !text.includes('"denial":')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isDenialLine(value) ? value : undefined;
}

function isDenialLine(value: unknown): value is DenialLine & JsonObject {
  if (!isJsonObject(value) || value['denial'] !== DENIAL_LINE_VERSION) return false;
  const { time, policies, arguments: args } = value;
  const texts = ['gateway', 'tool', 'by', 'reason', 'invocation'];
  return (
    texts.every((name) => typeof value[name] === 'string') &&
    typeof time === 'string' &&
    Number.isFinite(Date.parse(time)) &&
    ['method', 'caller'].every((name) => value[name] === null || typeof value[name] === 'string') &&
    ['string', 'undefined'].includes(typeof value['trace']) &&
    Array.isArray(policies) &&
    policies.every((policy) => typeof policy === 'string') &&
    isJsonObject(args) &&
    Object.values(args).every((arg) => typeof arg === 'string')
  );
}
