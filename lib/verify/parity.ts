import type { CaseReport, TestReport } from '../policy/testing/run/report';

/** What one case came to on every backend. */
export interface ParityRow {
  readonly name: string;
  readonly expected: string;
  /** In the order of the reports; undefined where a backend did not get to the case. */
  readonly results: readonly (CaseReport | undefined)[];
}

export interface Parity {
  readonly backends: readonly string[];
  readonly rows: readonly ParityRow[];
}

/** Puts the reports of one test run on several backends side by side. */
export function compareReports(reports: readonly TestReport[]): Parity {
  const rows = new Map<string, { name: string; expected: string; results: (CaseReport | undefined)[] }>();
  for (const [column, report] of reports.entries()) {
    for (const { file, cases } of report.files) {
      for (const one of cases) {
        const key = [file, one.location.line, one.location.column, one.persona, one.name].join('\n');
        const row = rows.get(key) ?? {
          name: one.name,
          expected: one.expected,
          results: reports.map((): CaseReport | undefined => undefined),
        };
        row.results[column] = one;
        rows.set(key, row);
      }
    }
  }
  return { backends: reports.map(({ backend }) => backend), rows: [...rows.values()] };
}

const MARKS = { passed: 'ok', failed: 'FAILED', 'not-applicable': '-' } as const;

/** The table as text, one line per case. A case that backends disagree on is marked. */
export function renderParity({ backends, rows }: Parity): string {
  const header = ['case', 'expected', ...backends, ''];
  const lines = rows.map(({ name, expected, results }) => {
    const marks = results.map((one) => (one === undefined ? '' : MARKS[one.status]));
    const decisive = new Set(marks.filter((mark) => mark === MARKS.passed || mark === MARKS.failed));
    return [name, expected, ...marks, decisive.size > 1 ? 'DIFFERENT' : ''];
  });
  const widths = header.map((_, column) =>
    Math.min(72, Math.max(...[header, ...lines].map((line) => line[column]?.length ?? 0))),
  );
  const text = (line: readonly string[]): string =>
    line
      .map((cell, column) => shortened(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[header, ...lines].map(text).join('\n')}\n`;
}

function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 3)}...` : text.padEnd(width);
}
