import type { NoticePreview } from '../../contract/block-notices';
import { type DenialLine, parseDenialLine } from '../../contract/denial-line';
import type { JsonValue } from '../../contract/json';

/** Denials of a window that are told. */
const MAX_LINES = 10_000;

export interface NoticesSettings {
  /** Milliseconds that one notice covers, from its first denial. */
  readonly window: number;
  /** The function of the application that writes notices; undefined for one that tells nobody. */
  readonly render: () => ((event: JsonValue) => Promise<JsonValue>) | undefined;
  /** Gets each notice as it would arrive. */
  readonly tell: (notice: string) => void;
  readonly warn: (text: string) => void;
}

/** What people would be told of blocked calls: gathers the lines that the RESPONSE interceptor writes, and has the application's own function render them. */
export class Notices {
  private lines: DenialLine[] = [];
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();

  constructor(private readonly settings: NoticesSettings) {}

  /** Reads what a function wrote to its log. */
  note(output: string): void {
    for (const text of output.split('\n')) {
      const line = parseDenialLine(text);
      if (line === undefined || this.lines.length >= MAX_LINES) continue;
      this.lines.push(line);
      this.timer ??= setTimeout(() => this.end(), this.settings.window);
    }
  }

  /** Tells what is left. */
  async stop(): Promise<void> {
    this.end();
    await this.telling;
  }

  private end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = this.lines;
    this.lines = [];
    if (lines.length > 0) this.telling = this.telling.then(() => this.tell(lines));
  }

  private async tell(lines: readonly DenialLine[]): Promise<void> {
    const render = this.settings.render();
    if (render === undefined) return;
    const from = Math.min(...lines.map(({ time }) => Date.parse(time)));
    const event: NoticePreview = { lines, from, to: from + this.settings.window };
    try {
      const notices = await render(event as unknown as JsonValue);
      for (const notice of Array.isArray(notices) ? notices : []) {
        if (typeof notice === 'string') this.settings.tell(notice);
      }
    } catch (error) {
      this.settings.warn(`notices cannot be shown: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}
