import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';

const SCOPE: JsonObject = { name: 'governed-gateway.emulator' };
const KINDS: { readonly [kind: string]: number } = { SERVER: 2, CLIENT: 3 };

/** Bodies of an OTLP/HTTP export in JSON, by path. The encoding is JSON Protobuf of the OpenTelemetry protocol 1.x. */
export function otlpBodies(
  logs: readonly JsonObject[],
  spans: readonly JsonObject[],
  points: readonly JsonObject[],
): [path: string, body: JsonObject][] {
  const resource: JsonObject = { attributes: attributesOf({ 'service.name': 'bedrock-agentcore-gateway' }) };
  const scoped = (name: string, items: JsonObject[]): JsonObject => ({
    resource,
    [name]: [{ scope: SCOPE, ...items[0] }],
  });
  const bodies: [string, JsonObject][] = [];
  if (logs.length > 0)
    bodies.push(['/v1/logs', { resourceLogs: [scoped('scopeLogs', [{ logRecords: logs.map(logRecord) }])] }]);
  if (spans.length > 0)
    bodies.push(['/v1/traces', { resourceSpans: [scoped('scopeSpans', [{ spans: spans.map(span) }])] }]);
  if (points.length > 0)
    bodies.push(['/v1/metrics', { resourceMetrics: [scoped('scopeMetrics', [{ metrics: metrics(points) }])] }]);
  return bodies;
}

function logRecord(line: JsonObject): JsonObject {
  const { timeUnixNano, severityNumber, severityText, body, trace_id, span_id, attributes, ...others } = line;
  return {
    timeUnixNano: whole(timeUnixNano),
    severityNumber: severityNumber ?? 0,
    severityText: severityText ?? '',
    body: anyValue(body ?? null),
    attributes: attributesOf({ ...(isJsonObject(attributes) ? attributes : {}), ...others }),
    traceId: trace_id ?? '',
    spanId: span_id ?? '',
  };
}

function span(one: JsonObject): JsonObject {
  const { kind, status, attributes, startTimeUnixNano, endTimeUnixNano, ...others } = one;
  const isError = isJsonObject(status) && status['code'] === 'ERROR';
  return {
    ...others,
    kind: (typeof kind === 'string' ? KINDS[kind] : undefined) ?? 1,
    startTimeUnixNano: whole(startTimeUnixNano),
    endTimeUnixNano: whole(endTimeUnixNano),
    status: { code: isError ? 2 : 0 },
    attributes: attributesOf(isJsonObject(attributes) ? attributes : {}),
  };
}

/** Points of one name and unit are one metric: a sum of what is counted, a gauge of what is measured. */
function metrics(points: readonly JsonObject[]): JsonObject[] {
  const byName = new Map<string, JsonObject[]>();
  for (const point of points) {
    const key = JSON.stringify([point['metric_name'], point['unit']]);
    byName.set(key, [...(byName.get(key) ?? []), point]);
  }
  return [...byName.values()].map((own): JsonObject => {
    const [first] = own;
    const dataPoints = own.map((point) => ({
      timeUnixNano: whole(Number(point['timestamp']) * 1e6),
      asDouble: isJsonObject(point['value']) ? (point['value']['sum'] ?? 0) : 0,
      attributes: attributesOf(isJsonObject(point['dimensions']) ? point['dimensions'] : {}),
    }));
    const isCount = first?.['unit'] === 'Count';
    const name = first?.['metric_name'] ?? '';
    if (!isCount) return { name, unit: 'ms', gauge: { dataPoints } };
    return { name, unit: '1', sum: { aggregationTemporality: 1, isMonotonic: false, dataPoints } };
  });
}

/** 64-bit integers are texts in this encoding. */
function whole(value: JsonValue | undefined): string {
  return BigInt(Math.round(Number(value ?? 0))).toString();
}

function attributesOf(values: JsonObject): JsonValue[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: JsonValue): JsonObject {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (value === null) return {};
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: attributesOf(value) } };
}
