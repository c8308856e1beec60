import type { Diagnostic } from './diagnostic';
import type { Severity } from './severity';

const COMMANDS: { readonly [S in Severity]: string } = {
  stop: 'error',
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/** Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request. */
export function renderGitHub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((finding) => `${renderOne(finding)}\n`).join('');
}

function renderOne({ code, severity, message, help, location }: Diagnostic): string {
  const place: [string, string | number | undefined][] =
    location === undefined
      ? []
      : [
          ['file', location.file],
          ['line', location.line],
          ['endLine', location.endLine],
          ['col', location.column],
          ['endColumn', location.endColumn],
        ];
  const properties = [...place, ['title', code] as const]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeText(`${message}\nhelp: ${help}`)}`;
}

/** Source: actions/toolkit, packages/core/src/command.ts. */
function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
