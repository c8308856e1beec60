import { type DenialLine, parseDenialLine } from '../../contract/denial-line';
import { isJsonObject, type JsonObject } from '../../contract/json';
import { OPERATIONS_DIMENSIONS, OPERATIONS_METRICS, OPERATIONS_NAMESPACE } from '../../contract/operations-metrics';
import type { CallRecord } from '../call-record';
import { logRecords } from '../observe/telemetry/log-records';
import { isMeasured } from '../observe/telemetry/measured-call';
import { metricPoints } from '../observe/telemetry/metric-points';
import { MetricStore } from './metric-store';

/** Lines of logs that tables are made of. */
const LINES = 500;

/** Names of the interceptors' functions in the template. */
export interface InterceptorNames {
  readonly request?: string;
  readonly response?: string;
}

/** What the dashboard of a running gateway shows: metrics of every call, and the last denials. */
export class DashboardData {
  readonly metrics = new MetricStore();
  readonly lines: JsonObject[] = [];
  /** Time of the first call. Milliseconds since the epoch. */
  first: number | undefined;

  /** @param names of the functions, as the template has them now */
  constructor(private readonly names: () => InterceptorNames) {}

  call(record: CallRecord): void {
    const time = Date.parse(record.time);
    this.first ??= time;
    const { request, response } = this.names();
    for (const [name, took] of [
      [request, record.durations.request],
      [response, record.durations.response],
    ] as const) {
      if (name === undefined || took === undefined) continue;
      this.metrics.add('AWS/Lambda', 'Duration', { FunctionName: name }, took, time);
    }
    if (!isMeasured(record)) return;
    for (const point of metricPoints(record)) this.point(point);
    if (record.outcome === undefined || record.outcome === 'ALLOW') return;
    for (const line of logRecords(record)) {
      if (isJsonObject(line['body']) && isJsonObject(line['body']['policy'])) this.line(record.time, line);
    }
  }

  /** Reads what the RESPONSE interceptor wrote to its log. */
  output(text: string): void {
    for (const line of text.split('\n')) {
      const denial = parseDenialLine(line);
      if (denial !== undefined) this.denial(denial);
    }
  }

  private denial(line: DenialLine): void {
    const { gateway, tool } = OPERATIONS_DIMENSIONS;
    const time = Date.parse(line.time);
    const ofGateway = { [gateway]: line.gateway };
    for (const dimensions of [ofGateway, { ...ofGateway, [tool]: line.tool }]) {
      this.metrics.add(OPERATIONS_NAMESPACE, OPERATIONS_METRICS.denials, dimensions, 1, time);
    }
    this.line(line.time, line as unknown as JsonObject);
  }

  private line(time: string, line: JsonObject): void {
    this.lines.push({ ...line, '@timestamp': time });
    if (this.lines.length > LINES) this.lines.shift();
  }

  private point({ namespace, metric_name: name, dimensions, timestamp, value }: JsonObject): void {
    if (typeof namespace !== 'string' || typeof name !== 'string' || !isJsonObject(value)) return;
    const known = dimensions as { readonly [dimension: string]: string };
    this.metrics.add(namespace, name, known, Number(value['sum']), Number(timestamp));
  }
}
