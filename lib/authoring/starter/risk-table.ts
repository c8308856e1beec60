import { inLine } from '../tools/pinned-tools';
import { REACHES, reachOf, type StarterTarget } from './starter-tool';

/** The tools of a target with their classes, the greatest risk first, and who may call them at first. */
export function riskTable({ tools }: StarterTarget): string {
  const risk = ({ classes }: { classes: readonly string[] }): number =>
    classes.length === 0 ? 4 : Number(classes.includes('destructive')) * 2 + Number(classes.includes('write'));
  const rows = [...tools]
    .sort((one, other) => risk(other) - risk(one) || (one.name < other.name ? -1 : 1))
    .map((tool) => [
      inLine(tool.name, 60),
      named(tool.classes),
      ...(tool.claimed === undefined ? [] : [named(tool.claimed)]),
      REACHES[reachOf(tool)],
    ]);
  const isClaimed = tools.some(({ claimed }) => claimed !== undefined);
  return aligned([['tool', 'classes', ...(isClaimed ? ['its author says'] : []), 'who may call it'], ...rows]);
}

function named(classes: readonly string[]): string {
  return classes.length === 0 ? 'unknown' : classes.join(', ');
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
