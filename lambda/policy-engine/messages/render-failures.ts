import type { Failure } from '../policies/policy';
import { helpFor, REASONS } from './reasons';

/**
 * Bytes of a message. CloudFormation takes 4,096 bytes of a custom resource's whole answer, ids and the framework's own lines included.
 * Source: CloudFormation user guide, custom resource response objects.
 */
export const MESSAGE_MAX_BYTES = 2_800;

/** The first line of a message, and a help that is told before those of the failures. */
export interface Headline {
  readonly message: string;
  readonly help?: string;
}

/**
 * The message of a failed change: every failure at its place in the sources, then each help once. Too long reasons are cut, all to
 * the same length, so that every failure is named; only when that is not enough, the last ones are counted.
 */
export function renderFailures(
  { message: headline, help: first }: Headline,
  failures: readonly Failure[],
  maxBytes = MESSAGE_MAX_BYTES,
): string {
  const known = failures.flatMap((failure) => reasonsOf(failure).map(helpFor));
  const helps = new Set([first, ...known].filter((help) => help !== undefined));
  const tail = [...helps].map((help) => `help: ${help}`);
  for (const width of [Number.POSITIVE_INFINITY, 600, 300, 200, 120, 80, 40]) {
    const text = [headline, ...failures.map((failure) => line(failure, width)), ...tail].join('\n');
    if (bytes(text) <= maxBytes) return text;
  }
  return counted(headline, failures, tail.slice(0, 1), maxBytes);
}

/** The service may fail a policy without any of its status reasons. */
function reasonsOf({ reasons }: Failure): readonly string[] {
  const told = reasons.filter((reason) => reason.trim() !== '');
  return told.length > 0 ? told : [REASONS.unexplained.reason];
}

function line(failure: Failure, width: number): string {
  const { name, target } = failure;
  const place = target === undefined ? name : `${target.origin.file}:${target.origin.line}:${target.origin.column}`;
  const title = target === undefined ? '' : ` \`${target.id}\``;
  return `${place}${title}: ${shortened(reasonsOf(failure).join('; '), width)}`;
}

/** As many places as there is room for, and the number of the others. */
function counted(headline: string, failures: readonly Failure[], tail: readonly string[], maxBytes: number): string {
  const lines = failures.map((failure) => line(failure, 40));
  for (let shown = lines.length - 1; shown > 0; shown -= 1) {
    const text = [headline, ...lines.slice(0, shown), `and ${lines.length - shown} more`, ...tail].join('\n');
    if (bytes(text) <= maxBytes) return text;
  }
  return headline.slice(0, maxBytes / 4);
}

/** A text in one line, cut to a length. */
export function shortened(text: string, width: number): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > width ? `${flat.slice(0, width - 1)}…` : flat;
}

/** Names in backticks, those beyond a number counted. */
export function listNames(names: readonly string[], max = 10): string {
  const shown = names.slice(0, max).map((name) => `\`${name}\``);
  return shown.join(', ') + (names.length > max ? ` and ${names.length - max} more` : '');
}

/** Length as it travels: as JSON in UTF-8. */
function bytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text), 'utf8');
}
