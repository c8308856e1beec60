import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { renderGitHub } from '../diagnostics/render-github';
import { renderJson } from '../diagnostics/render-json';
import { renderFindingsJUnit } from '../diagnostics/render-junit';
import { renderSarif } from '../diagnostics/render-sarif';
import { renderText } from '../diagnostics/render-text';
import { packageManifest } from './package-manifest';
import type { Terminal } from './terminal';

/** Shows findings in the format that was asked for: for people on stderr, for programs as the answer on stdout. */
export function printDiagnostics(terminal: Terminal, format: unknown, diagnostics: readonly Diagnostic[]): void {
  if (format === 'json') printJson(terminal, { diagnostics: renderJson(diagnostics) });
  else if (format === 'sarif') printSarif(terminal, diagnostics);
  else if (format === 'junit') terminal.out(renderFindingsJUnit(diagnostics));
  else if (format === 'github') terminal.out(renderGitHub(diagnostics));
  else if (diagnostics.length > 0) terminal.err(`${renderText(diagnostics)}\n`);
}

/** Findings as a SARIF log. Those without a place of their own stand at the file that says what the app is. */
export function printSarif(terminal: Terminal, diagnostics: readonly Diagnostic[]): void {
  const place = ['cdk.json', 'package.json'].find((file) => existsSync(resolve(terminal.cwd, file))) ?? 'cdk.json';
  const { homepage } = packageManifest();
  printJson(terminal, renderSarif(diagnostics, { place, ...(homepage !== undefined && { homepage }) }));
}

/** One object, so that programs can read the whole output. */
export function printJson(terminal: Terminal, value: object): void {
  terminal.out(`${JSON.stringify(value, undefined, 2)}\n`);
}
