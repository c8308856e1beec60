import { tokens } from '../../../lib/contract/cedar-tokens';

/** Effect of a statement on the service, which orders removals: the first `permit` or `forbid` that is not the name of an annotation. */
export function effectOf(statement: string): 'permit' | 'forbid' {
  const all = tokens(statement);
  const effect = all.find(({ text }, index) => /^(permit|forbid)$/.test(text) && all[index - 1]?.text !== '@');
  return effect?.text === 'forbid' ? 'forbid' : 'permit';
}
