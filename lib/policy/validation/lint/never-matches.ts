import { classOfAction } from '../../../contract/tool-classes/names';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { CedarFinding } from '../view/cedar-findings';
import type { PolicyView } from '../view/policy-view';
import type { Lint, LintContext } from './lint';

const HOPELESS = ['policy is impossible', 'unable to find an applicable action'];

/** Whether Cedar says that no request can match the policy. */
export function isHopeless({ severity, message }: CedarFinding): boolean {
  return severity === 'warning' && HOPELESS.some((text) => message.startsWith(text));
}

/** A policy that no call can match, by its types, its scope or its conditions. */
export const neverMatches: Lint = {
  explain(finding, policy, context) {
    if (!isHopeless(finding)) return undefined;
    const empty = emptyClass(policy);
    if (empty === undefined) return found(policy, context);
    return diagnostic('POLICY_CLASS_EMPTY', { name: empty }, { location: policy.scopeOf('action') });
  },
  policy(policy, context) {
    const isNever = context.truth.never.has(policy) && !policy.isGiven && emptyClass(policy) === undefined;
    return isNever ? [found(policy, context)] : [];
  },
};

/** The class of a policy that is for tools which do not exist yet. */
function emptyClass({ classPlaces, tools }: PolicyView): string | undefined {
  const names = classPlaces.flatMap(({ isScope, actions }) => (isScope ? actions.map(classOfAction) : []));
  return tools.length === 0 && names.every((name) => name !== undefined) ? names[0] : undefined;
}

/** Underlines the last of the conditions that contradict each other, and names the others. */
function found(policy: PolicyView, { truth }: LintContext): Diagnostic {
  const places = (truth.contradictions.get(policy) ?? []).map(({ start, end }) => policy.at(start, end));
  const location = places.at(-1) ?? policy.head;
  const related = places.slice(0, -1).map((place) => ({ message: 'no call fulfils it and this', location: place }));
  return diagnostic('POLICY_NEVER_MATCHES', {}, { location, ...(related.length === 0 ? {} : { related }) });
}
