import { quote } from '../../contract/cedar-string';
import { GovernanceError } from '../../diagnostics/governance-error';

/** A Cedar set of strings. Throws for an empty one, which Cedar refuses. */
export function quotedList(values: readonly string[]): string {
  if (values.length === 0) throw GovernanceError.of('STATEMENT_LIST_EMPTY', {});
  return `[${values.map(quote).join(', ')}]`;
}
