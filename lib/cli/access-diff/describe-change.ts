import type { Decision } from '../../policy/decision/model';
import type { AccessCause, AccessChange } from '../../policy/proof/access-diff/access-change';
import type { PolicyChange } from '../../policy/proof/access-diff/policy-changes';
import { describePolicies } from '../../policy/proof/invariants/describe-call';

/** Why access differs, as the start of a sentence: "policy `a` was changed". */
export function describeCause(cause: AccessCause, direction: AccessChange['direction']): string {
  switch (cause.kind) {
    case 'policy':
      return `policy \`${cause.change.id}\` was ${cause.change.kind}`;
    case 'tool':
      return direction === 'gained' ? 'the tool is new' : 'the tool is gone';
    case 'arguments':
      return 'the tool takes other arguments';
    case 'callers':
      return 'the gateway has other callers';
  }
}

/** `a.cedar:3` of a policy as it is, or as it was. */
export function placeOfChange({ before, after }: PolicyChange): string {
  const origin = (after ?? before)?.policy.origin;
  return origin === undefined ? '' : `${origin.file}:${origin.line}`;
}

/** "ALLOW, decided by `a`". */
export function describeDecision(decision: Decision): string {
  return `${decision.outcome}, decided by ${describePolicies({ decision })}`;
}

/** The decisions on the example before and after the change; none where the tool, or its callers, did not exist. */
export function decisions({ direction, example }: AccessChange): { before?: Decision; after?: Decision } {
  const [own, other] = [example.own.decision, example.other?.decision];
  const [before, after] = direction === 'gained' ? [other, own] : [own, other];
  return { ...(before && { before }), ...(after && { after }) };
}

/** Tools in few words: all of them, and of which every call is meant. */
export function describeTools({ tools, wholly }: AccessChange): string {
  return tools.map((tool) => (wholly.includes(tool) ? `${tool} (every call)` : tool)).join(', ');
}
