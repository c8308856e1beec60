import { OAUTH_USER } from '../../../contract/claims';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { unquote } from '../../text/cedar-string';
import type { PolicyView } from '../view/policy-view';
import type { Lint } from './lint';

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** A principal's id taken for an e-mail address: the policy is accepted and matches nobody. */
export const principalEmail: Lint = {
  policy(policy) {
    return [...comparedIds(policy), ...namedEntities(policy)];
  },
};

/** `principal.id == "..."` and the reverse. */
function comparedIds(policy: PolicyView): Diagnostic[] {
  const { tokens } = policy;
  return tokens.flatMap((token, index) => {
    if (token.text !== 'principal' || tokens[index + 1]?.text !== '.' || tokens[index + 2]?.text !== 'id') return [];
    const isCompared = ['==', '!=', 'like'].includes(tokens[index + 3]?.text ?? '');
    const literal = isCompared ? tokens[index + 4] : tokens[index - 1]?.text === '==' ? tokens[index - 2] : undefined;
    const id = literal?.kind === 'string' ? unquote(literal.text) : '';
    if (!literal || !EMAIL.test(id)) return [];
    return [diagnostic('POLICY_PRINCIPAL_EMAIL', { id }, { location: policy.at(literal.start, literal.end) })];
  });
}

/** `AgentCore::OAuthUser::"..."`. */
function namedEntities(policy: PolicyView): Diagnostic[] {
  const { tokens } = policy;
  const type = OAUTH_USER.split('::')[1];
  return tokens.flatMap((token, index) => {
    const literal = tokens[index + 2];
    if (token.text !== type || tokens[index + 1]?.text !== '::' || literal?.kind !== 'string') return [];
    const id = unquote(literal.text);
    if (!EMAIL.test(id)) return [];
    return [diagnostic('POLICY_PRINCIPAL_EMAIL', { id }, { location: policy.at(literal.start, literal.end) })];
  });
}
