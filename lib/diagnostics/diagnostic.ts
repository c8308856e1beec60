import { CATALOGUE, type DiagnosticCode, type ParamsOf } from './catalogue';
import type { Severity } from './severity';
import { visible } from './shown-text';

/** A place in a text. Lines and columns count from 1; the end is exclusive. */
export interface Location {
  /** Path as the user wrote it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** Text of the file, so that the span can be underlined. */
  readonly source?: string;
}

/** One finding, as data. Every renderer shows this object. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** The flaw: one sentence, lower case, no full stop, user input in backticks. */
  readonly message: string;
  /** What to do now. */
  readonly help: string;
  readonly location?: Location;
  readonly related?: readonly { readonly message: string; readonly location?: Location }[];
}

export interface DiagnosticOptions {
  readonly location?: Location;
  readonly related?: Diagnostic['related'];
}

/** Makes a finding from the catalogue. */
export function diagnostic<C extends DiagnosticCode>(
  code: C,
  params: ParamsOf<C>,
  options: DiagnosticOptions = {},
): Diagnostic {
  const entry = CATALOGUE[code];
  // A sentence is one line: what was put into it cannot begin another one, which would look like a finding or a workflow command.
  const render = (text: (params: never) => string): string => visible(text(params as never));
  return { code, severity: entry.severity, message: render(entry.message), help: render(entry.help), ...options };
}

/** Whether a finding ends what was going on, which a warning does not. */
export function isError({ severity }: Pick<Diagnostic, 'severity'>): boolean {
  return severity === 'error' || severity === 'stop';
}

/** Whether any finding is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isError);
}
