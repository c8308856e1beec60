import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { CallRecord } from '../../call-record';
import { logRecords } from './log-records';
import { isMeasured } from './measured-call';
import { metricPoints } from './metric-points';
import { OtlpSender } from './otlp-sender';
import { spans } from './spans';

export interface TelemetryOptions {
  /** File that gets log records, spans and metric data points as lines of JSON. */
  readonly file: string | undefined;
  /** Base URL of an OpenTelemetry collector. */
  readonly otlp: string | undefined;
  readonly warn: (text: string) => void;
}

/** What the platform would tell about each call, in its own shapes. */
export class Telemetry {
  private readonly file: number | undefined;
  private readonly sender: OtlpSender | undefined;

  constructor({ file, otlp, warn }: TelemetryOptions) {
    this.file = file === undefined ? undefined : openSync(file, 'a');
    this.sender = otlp === undefined ? undefined : new OtlpSender(otlp, warn);
  }

  call(record: CallRecord): void {
    if ((this.file === undefined && this.sender === undefined) || !isMeasured(record)) return;
    const [logs, traces, points] = [logRecords(record), spans(record), metricPoints(record)];
    if (this.file !== undefined) {
      const lines = [...logs, ...traces, ...points].map((line) => `${JSON.stringify(line)}\n`);
      appendFileSync(this.file, lines.join(''));
    }
    this.sender?.send(logs, traces, points);
  }

  async stop(): Promise<void> {
    await this.sender?.stop();
    if (this.file !== undefined) closeSync(this.file);
  }
}
