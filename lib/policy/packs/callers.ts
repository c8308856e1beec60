import { claim } from '../statements/claim';
import type { PolicyCondition } from '../statements/expression';
import type { ToolAction } from '../statements/tool-action';
import type { PackCaller } from './pack';

/** The caller is in one of some groups. */
export function memberOf(groupsClaim: string, groups: readonly string[]): PolicyCondition {
  return anyOf(groups.map((group) => claim(groupsClaim).includes(group)));
}

/** The caller is in a group to which a pack does not apply; no condition where there is none. */
export function exemptOf(groupsClaim: string, groups: readonly string[]): PolicyCondition[] {
  return groups.length === 0 ? [] : [memberOf(groupsClaim, groups)];
}

/** The same in words, at the end of a sentence. */
export function butFor(groups: readonly string[]): string {
  return groups.length === 0 ? '' : `, but for ${groups.join(', ')}`;
}

/** One of some conditions, of which there is at least one. */
export function anyOf([first, ...others]: readonly PolicyCondition[]): PolicyCondition {
  if (first === undefined) return claim('').exists();
  return others.reduce((all, one) => all.or(one), first);
}

/** A caller in groups, for tests. */
export function member(groupsClaim: string, ...groups: readonly string[]): PackCaller {
  return { name: groups.join(' and '), claims: { [groupsClaim]: [...groups] } };
}

/** A caller in a group whose name only looks alike. */
export function lookAlike(groupsClaim: string, group: string): PackCaller {
  return { name: `junior ${group}`, claims: { [groupsClaim]: [`junior-${group}`] } };
}

/** A caller whose token says nothing beside its standard claims. */
export const ANYBODY: PackCaller = { name: 'anybody', claims: {} };

/** Names of tools in a sentence; the number where there are many. */
export function listed(tools: readonly ToolAction[]): string {
  return tools.length > 5 ? `${tools.length} tools` : tools.map(({ name }) => name).join(', ');
}
