import type { JsonValue } from '../../contract/json';
import { policyPlace } from '../../contract/policy-place';
import type { Decision } from '../../policy/decision/model';
import type { AccessCause, AccessChange, AccessDecider } from '../../policy/proof/access-diff/access-change';
import type { PolicyChange } from '../../policy/proof/access-diff/policy-changes';
import { describePolicies } from '../../policy/proof/invariants/describe-call';
import { sentenceLine } from '../../policy/sentence/layout';
import { policySentence } from '../../policy/sentence/policy-sentence';
import { quotedNames } from '../../policy/validation/lint/quoted-names';

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
  const policy = (after ?? before)?.policy;
  return policy === undefined ? '' : policyPlace(policy);
}

/** What the policy that was changed says, and what it said before, as sentences. */
export function sentencesOf(cause: AccessCause): { readonly before?: string; readonly after?: string } {
  if (cause.kind !== 'policy') return {};
  const { before, after } = cause.change;
  return {
    ...(before && { before: sentenceLine(policySentence(before.policy)) }),
    ...(after && { after: sentenceLine(policySentence(after.policy)) }),
  };
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

/** Which callers are affected, and which arguments: "all", or "depends on `department` (yes with "x", no without it)". */
export function describeAffected(change: AccessChange): { readonly callers: string; readonly arguments: string } {
  const describe = (isOfCaller: boolean): string => {
    const deciders = change.deciders.filter((one) => one.isOfCaller === isOfCaller);
    return deciders.length === 0
      ? 'all'
      : `depends on ${deciders.map((one) => describeDecider(one, change)).join(', ')}`;
  };
  return { callers: describe(true), arguments: describe(false) };
}

function describeDecider({ part, tools, examples }: AccessDecider, change: AccessChange): string {
  const name = part.kind === 'time' ? 'the time' : part.name === '*' ? 'claims' : `\`${part.name}\``;
  const others = change.tools.filter((tool) => !change.wholly.includes(tool));
  const of = tools.length < others.length ? ` of ${quotedNames(tools)}` : '';
  const values =
    examples === undefined
      ? 'perhaps'
      : `yes ${describeValue(examples.affected)}, no ${describeValue(examples.unaffected)}`;
  return `${name}${of} (${values})`;
}

/** Characters of a value that are shown in a line. */
const MOST_CHARACTERS = 60;

function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return 'without it';
  // Its own backticks must not end the quotation.
  const text = JSON.stringify(value).replaceAll('`', '\\u0060');
  return `with \`${text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}...`}\``;
}

/** Tools in few words: all of them, and of which every call is meant. */
export function describeTools({ tools, wholly }: AccessChange): string {
  return tools.map((tool) => (wholly.includes(tool) ? `${tool} (every call)` : tool)).join(', ');
}
