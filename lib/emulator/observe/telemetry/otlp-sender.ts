import type { JsonObject } from '../../../contract/json';
import { otlpBodies } from './otlp';

/** Milliseconds for which calls are gathered into one export. */
const GATHER_MS = 200;

/** Milliseconds that a collector may take. */
const PATIENCE_MS = 3_000;

/** Items that wait at most, of each kind: a collector that is gone must not fill the memory. */
const WAITING = 10_000;

/** Sends telemetry to a collector by OTLP/HTTP in JSON. What cannot be sent is dropped, and said once. */
export class OtlpSender {
  private logs: JsonObject[] = [];
  private spans: JsonObject[] = [];
  private points: JsonObject[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private hasWarned = false;

  constructor(
    private readonly url: string,
    private readonly warn: (text: string) => void,
  ) {}

  send(logs: readonly JsonObject[], spans: readonly JsonObject[], points: readonly JsonObject[]): void {
    if (this.points.length > WAITING) return;
    this.logs.push(...logs);
    this.spans.push(...spans);
    this.points.push(...points);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  async stop(): Promise<void> {
    this.flush();
    await this.running;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const bodies = otlpBodies(this.logs, this.spans, this.points);
    this.logs = [];
    this.spans = [];
    this.points = [];
    this.running = this.running.then(async () => {
      for (const [path, body] of bodies) await this.post(path, body);
    });
  }

  private async post(path: string, body: JsonObject): Promise<void> {
    try {
      const answer = await fetch(`${this.url.replace(/\/$/, '')}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`status ${answer.status}`);
    } catch (error) {
      if (!this.hasWarned)
        this.warn(`the collector at ${this.url} takes nothing: ${error instanceof Error ? error.message : 'unknown'}`);
      this.hasWarned = true;
    }
  }
}
