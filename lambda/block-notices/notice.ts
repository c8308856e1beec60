import { createHash } from 'node:crypto';
import type { BlockNoticesConfig, PolicyNote } from '../../lib/contract/block-notices';
import { type DenialLine, MASKED } from '../../lib/contract/denial-line';
import { policyNameOf } from '../../lib/contract/service-id';
import { safeText } from './safe-text';
import { whatToDo } from './what-to-do';

/** Denials of one caller, tool and reason in one window of time. Every text is safe to show. */
export interface Notice {
  /** The same for the same denials, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly gateway: string;
  /** ISO 8601, UTC; the end is exclusive. */
  readonly from: string;
  readonly to: string;
  readonly caller: string;
  /** Full name of the tool, or the MCP method where there was none. */
  readonly tool: string;
  readonly count: number;
  readonly reason: string;
  readonly policies: readonly { readonly name: string; readonly description?: string; readonly file?: string }[];
  /** Values by argument, a few of each. */
  readonly arguments: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Whether the tool can have run. */
  readonly ran: 'never' | 'maybe';
  /** Where to look closer. */
  readonly trace?: string;
  readonly invocation: string;
  readonly steps: readonly string[];
}

/** A time span of whole minutes, in milliseconds; the end is exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Notices of one window; what is beyond them is told in one sentence. */
export const MAX_NOTICES = 20;

const MAX_ARGUMENTS = 8;
const MAX_VALUES = 3;
const MAX_POLICIES = 3;

/** One notice per caller, tool and reason, the most frequent first. The order of the lines does not matter. */
export function noticesOf(lines: readonly DenialLine[], window: Window, config: BlockNoticesConfig): Notice[] {
  const groups = new Map<string, DenialLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.caller, line.tool, line.method, line.by, line.reason]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups]
    .map(([key, group]) => noticeOf(key, group.toSorted(byTime), window, config))
    .toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

function byTime(a: DenialLine, b: DenialLine): number {
  return Date.parse(a.time) - Date.parse(b.time) || (a.invocation < b.invocation ? -1 : 1);
}

function noticeOf(key: string, group: readonly DenialLine[], window: Window, config: BlockNoticesConfig): Notice {
  const last = group.at(-1) as DenialLine;
  const policies = last.policies.slice(0, MAX_POLICIES).map((id) => describe(id, config.policies));
  const trace = group.findLast((line) => /^[0-9a-f]{32}$/.test(line.trace ?? ''))?.trace;
  const [from, to] = [window.from, window.to].map((time) => new Date(time).toISOString()) as [string, string];
  const known = {
    gateway: safeText(last.gateway, 64),
    caller: last.caller === null ? 'an unknown caller' : safeText(last.caller, 128),
    tool:
      last.tool === 'other' ? safeText(last.method ?? 'a message that cannot be read', 64) : safeText(last.tool, 256),
    count: group.length,
    reason: safeText(last.reason, 256),
    policies,
    ran: last.by === 'response-interceptor' ? ('maybe' as const) : ('never' as const),
  };
  return {
    id: createHash('sha256')
      .update(JSON.stringify([last.gateway, from, to, key]))
      .digest('hex')
      .slice(0, 32),
    from,
    to,
    ...known,
    arguments: valuesOf(group, config.maskedFields),
    ...(trace === undefined ? {} : { trace }),
    invocation: safeText(last.invocation, 64),
    steps: whatToDo(last, known),
  };
}

/** The policy of an id, which is its name and an ending of the service. */
function describe(id: string, notes: readonly PolicyNote[]): Notice['policies'][number] {
  const note = notes.find(({ name }) => name === id || name === policyNameOf(id));
  if (note === undefined) return { name: safeText(id, 64) };
  const description = note.description === undefined ? {} : { description: safeText(note.description, 240) };
  return { name: safeText(note.name, 64), ...description, file: safeText(note.file, 128) };
}

function valuesOf(group: readonly DenialLine[], maskedFields: readonly string[]): Notice['arguments'] {
  const masked = new Set(maskedFields.map((field) => field.toLowerCase()));
  const values = new Map<string, Set<string>>();
  for (const [path, value] of group.flatMap((line) => Object.entries(line.arguments))) {
    const hidden = path.split('.').some((part) => masked.has(part.toLowerCase()));
    values.set(path, (values.get(path) ?? new Set()).add(hidden ? MASKED : safeText(value, 80)));
  }
  return [...values].slice(0, MAX_ARGUMENTS).map(([path, all]) => ({
    name: safeText(path, 64),
    values: [...all].slice(0, MAX_VALUES),
  }));
}
