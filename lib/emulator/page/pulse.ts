import { renderText } from '../../diagnostics/render-text';
import type { PageDependencies } from './page-dependencies';

/** What the page asks for again and again, to see whether there is more to ask for. */
export interface Pulse {
  /** Number of the last call. */
  readonly last: number;
  /** How often the application was served anew. */
  readonly version: number;
  /** What came of the last change of a source. */
  readonly news: {
    readonly at: Date;
    readonly taken: readonly string[];
    /** Findings as on the console, with the source underlined. */
    readonly problems: readonly string[];
  } | null;
}

export function pulseOf({ history, version, news }: PageDependencies): Pulse {
  const told = news();
  return {
    last: history.last,
    version: version(),
    news: told === undefined ? null : { ...told, problems: told.problems.map((one) => renderText([one])) },
  };
}
