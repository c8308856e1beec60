import { unquote } from '../../../contract/cedar-string';
import type { Location } from '../../../diagnostics/diagnostic';
import type { PolicyView } from './policy-view';

/** An id of a principal that a policy writes out. */
export interface WrittenId {
  readonly id: string;
  readonly location: Location;
}

/** `principal.id == "..."`, the reverse, and `principal.id like "..."`. */
export function comparedIds(policy: PolicyView): (WrittenId & { readonly isPattern: boolean })[] {
  const { tokens } = policy;
  return tokens.flatMap((token, index) => {
    if (token.text !== 'principal' || tokens[index + 1]?.text !== '.' || tokens[index + 2]?.text !== 'id') return [];
    const sign = tokens[index + 3]?.text ?? '';
    const isCompared = ['==', '!=', 'like'].includes(sign);
    const literal = isCompared ? tokens[index + 4] : tokens[index - 1]?.text === '==' ? tokens[index - 2] : undefined;
    if (literal?.kind !== 'string') return [];
    return [{ id: unquote(literal.text), isPattern: sign === 'like', location: policy.at(literal.start, literal.end) }];
  });
}

/** `AgentCore::OAuthUser::"..."`, for a type of principal. */
export function namedEntities(policy: PolicyView, type: string): WrittenId[] {
  const { tokens } = policy;
  const local = type.slice(type.lastIndexOf(':') + 1);
  return tokens.flatMap((token, index) => {
    const literal = tokens[index + 2];
    if (token.text !== local || tokens[index + 1]?.text !== '::' || literal?.kind !== 'string') return [];
    return [{ id: unquote(literal.text), location: policy.at(literal.start, literal.end) }];
  });
}
