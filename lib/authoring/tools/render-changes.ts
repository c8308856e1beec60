import type { ToolChange } from './compare-tools';
import { inLine } from './pinned-tools';

/** Changes of a server's tools for people, a line each. */
export function renderChanges(changes: readonly ToolChange[]): string {
  return changes.map((change) => `  ${change.kind.padEnd(7)}  ${inLine(change.tool)}${detail(change)}\n`).join('');
}

function detail({ parts, risk, before, after }: ToolChange): string {
  const what = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  if (before !== undefined && after !== undefined) {
    const turned = `${named(before)} -> ${named(after)}`;
    if (risk === 'none') return what;
    return risk === 'other' ? `${what}; classes: ${turned}` : `${what}; risk ${risk}: ${turned}`;
  }
  return `${what}: ${named(after ?? before ?? [])}`;
}

function named(classes: readonly string[]): string {
  return classes.length === 0 ? 'unknown' : classes.join(', ');
}
