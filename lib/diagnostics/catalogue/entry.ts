import type { Severity } from '../severity';

/** One code of the catalogue. */
export interface CatalogueEntry<P> {
  readonly severity: Severity;
  readonly message: (params: P) => string;
  readonly help: (params: P) => string;
}

/** A finding that says why something could not run: a missing package, a taken port, an unknown option. */
export function stop<P>(message: (params: P) => string, help: (params: P) => string): CatalogueEntry<P> {
  return { severity: 'stop', message, help };
}

/** A finding about what was read: it fails synth, a deployment or a command. */
export function error<P>(message: (params: P) => string, help: (params: P) => string): CatalogueEntry<P> {
  return { severity: 'error', message, help };
}

/** A finding that a team may acknowledge with a reason. */
export function warning<P>(message: (params: P) => string, help: (params: P) => string): CatalogueEntry<P> {
  return { severity: 'warning', message, help };
}

/** A finding that only tells; nobody has to act on it. */
export function info<P>(message: (params: P) => string, help: (params: P) => string): CatalogueEntry<P> {
  return { severity: 'info', message, help };
}

/** Appends a suggestion to a help text. */
export function didYouMean(suggestion: string | undefined, otherwise: string): string {
  return suggestion === undefined ? otherwise : `did you mean \`${suggestion}\`?`;
}
