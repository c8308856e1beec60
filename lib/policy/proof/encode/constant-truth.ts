import { OAUTH_USER } from '../../../contract/claims';
import { ask, CedarFailure, type Expr, type PolicyJson } from '../../cedar/cedar';

/** What an expression without variables comes to, by Cedar's own word. Undefined for any other, and for one that fails. */
export function constantTruth(expression: Expr): boolean | undefined {
  if (JSON.stringify(expression).includes('"Var":')) return undefined;
  const policy = (body: Expr): PolicyJson => ({ ...ANYBODY, conditions: [{ kind: 'when', body }] });
  const staticPolicies = { true: policy(expression), false: policy({ '!': { arg: expression } }) };
  try {
    const answer = ask((cedar) =>
      cedar.isAuthorized({
        principal: NOBODY,
        action: NOBODY,
        resource: NOBODY,
        context: {},
        entities: [],
        policies: { staticPolicies },
      }),
    );
    const [holds] = answer.type === 'success' ? answer.response.diagnostics.reason : [];
    return holds === undefined ? undefined : holds === 'true';
  } catch (error) {
    if (!(error instanceof CedarFailure)) throw error;
    return undefined;
  }
}

const NOBODY = { type: OAUTH_USER, id: '' };
const ANYBODY = { effect: 'permit', principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' } } as const;
