import { unquote } from '../cedar-string';
import { type Token, tokens } from '../cedar-tokens';
import { classOfAction } from './names';

/** A place of a statement that names a class: the group itself, or a list of actions with a group in it. Offsets are UTF-16 indexes. */
export interface ClassPlace {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Names of the actions, in the order of the text. */
  readonly actions: readonly string[];
  /** Whether it is the action of the scope. */
  readonly isScope: boolean;
  /** Where `action in` in front of it starts; undefined for a place that has something else there, which nobody can read as tools. */
  readonly test: number | undefined;
}

/** Whether a text can name a class at all. An escape may hide any letter of it. */
export function mayNameClass(text: string): boolean {
  return text.includes('class:') || text.includes('\\');
}

/** The places of a statement that name classes. */
export function classPlaces(statement: string): ClassPlace[] {
  if (!mayNameClass(statement)) return [];
  const all = tokens(statement);
  const places: ClassPlace[] = [];
  const scopeEnd = endOfScope(all);
  for (let at = 0; at < all.length; ) {
    const found = listAt(all, at) ?? referenceAt(all, at);
    const [first, last] = [all[at], all[(found?.next ?? at + 1) - 1]];
    if (found?.actions.some((action) => classOfAction(action) !== undefined) && first && last) {
      const isTest = all[at - 1]?.text === 'in' && all[at - 2]?.text === 'action' && all[at - 3]?.text !== '.';
      places.push({
        start: first.start,
        end: last.end,
        actions: found.actions,
        isScope: at < scopeEnd,
        test: isTest ? all[at - 2]?.start : undefined,
      });
    }
    at = found?.next ?? at + 1;
  }
  return places;
}

/** Names in the list of actions of a statement's scope; undefined for a scope without a list. */
export function scopeList(statement: string): readonly string[] | undefined {
  const all = tokens(statement);
  const at = all.findIndex(({ text }) => text === '[');
  return at < 0 || at > endOfScope(all) ? undefined : listAt(all, at)?.actions;
}

/** Index of the bracket behind the scope. */
function endOfScope(all: readonly Token[]): number {
  let depth = 0;
  return all.findIndex(({ text }) => {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return text === ')' && depth === 0;
  });
}

interface Found {
  readonly actions: readonly string[];
  /** Index of the token behind it. */
  readonly next: number;
}

/** `AgentCore::Action::"..."` */
function referenceAt(all: readonly Token[], at: number): Found | undefined {
  const [, , , , name] = all.slice(at, at + 5);
  const texts = all.slice(at, at + 4).map(({ text }) => text);
  if (name?.kind !== 'string' || texts.join(' ') !== 'AgentCore :: Action ::') return undefined;
  return { actions: [unquote(name.text)], next: at + 5 };
}

/** A list that holds nothing but actions. */
function listAt(all: readonly Token[], at: number): Found | undefined {
  if (all[at]?.text !== '[') return undefined;
  const actions: string[] = [];
  for (let next = at + 1; ; ) {
    const found = referenceAt(all, next);
    if (found === undefined) return undefined;
    actions.push(...found.actions);
    const behind = all[found.next]?.text;
    next = found.next + 1;
    if (behind === ',' && all[next]?.text === ']') next += 1;
    else if (behind === ',') continue;
    else if (behind !== ']') return undefined;
    return { actions, next };
  }
}
