import { type Diagnostic, isError, type Location } from './diagnostic';
import { visible } from './shown-text';

/** Findings as text for a terminal: headline, place, underlined source, help. */
export function renderText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(renderOne).join('\n\n');
}

function renderOne(finding: Diagnostic): string {
  const label = isError(finding) ? 'error' : finding.severity;
  return `${label}[${finding.code}]: ${renderWithoutHelp(finding)}\n  help: ${finding.help}`;
}

/** Message, place and underlined source, for reports that show severity, code and help in columns of their own. */
export function renderWithoutHelp(finding: Diagnostic): string {
  const lines = [finding.message];
  if (finding.location) lines.push(...renderLocation(finding.location));
  for (const related of finding.related ?? []) {
    lines.push(`  note: ${related.message}`);
    if (related.location) lines.push(...renderLocation(related.location));
  }
  return lines.join('\n');
}

function renderLocation(location: Location): string[] {
  const head = `  --> ${visible(location.file)}:${location.line}:${location.column}`;
  const text = location.source?.split('\n')[location.line - 1];
  if (text === undefined) return [head];
  const gutter = ' '.repeat(String(location.line).length);
  const lead = text.slice(0, location.column - 1).replace(/[^\t]/g, ' ');
  return [
    head,
    `  ${gutter} |`,
    `  ${location.line} | ${text}`,
    `  ${gutter} | ${lead}${'^'.repeat(spanWidth(location, text))}`,
  ];
}

/** Characters to underline: to the span's end, or to the end of its first line. */
function spanWidth(location: Location, text: string): number {
  const lineEnd = text.length + 1;
  const sameLine = location.endLine === undefined || location.endLine === location.line;
  const end = sameLine ? (location.endColumn ?? location.column + 1) : lineEnd;
  return Math.max(1, Math.min(end, lineEnd) - location.column);
}
