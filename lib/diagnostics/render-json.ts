import type { Diagnostic, Location } from './diagnostic';

/** Findings as plain data for other programs: like the findings, without the texts of files. */
export function renderJson(diagnostics: readonly Diagnostic[]): DiagnosticJson[] {
  return diagnostics.map(({ code, severity, message, help, location, related }) => ({
    code,
    severity,
    message,
    help,
    ...(location === undefined ? {} : { location: placeOf(location) }),
    ...(related === undefined
      ? {}
      : {
          related: related.map((entry) =>
            entry.location === undefined
              ? { message: entry.message }
              : { message: entry.message, location: placeOf(entry.location) },
          ),
        }),
  }));
}

/** A location without the text. */
export type Place = Omit<Location, 'source'>;

/** A finding as JSON output shows it. */
export interface DiagnosticJson extends Omit<Diagnostic, 'location' | 'related'> {
  readonly location?: Place;
  readonly related?: readonly { readonly message: string; readonly location?: Place }[];
}

/** The place without the text of its file. */
export function placeOf({ file, line, column, endLine, endColumn }: Location): Place {
  return {
    file,
    line,
    column,
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}
