import type { PolicySet, PreparedPolicy } from '../../policy/decision/policy-set';
import { parseStatement } from '../../policy/source/parsed-policy';
import type { TestFile } from '../../policy/testing/file/test-file';
import { MutantProofs, withPolicy } from '../../policy/testing/mutation/mutant-proofs';
import type { GatewayUnderTest } from '../../policy/testing/run/gateway-under-test';
import type { Suggestion } from '../../policy/testing/suggestion/render-suggestion';
import { TestSuggester } from '../../policy/testing/suggestion/suggest-test';
import { statementShape } from '../../policy/text/conditions';

/** A policy that was drafted, and the gateway that is to have it. */
export interface DraftUnderTest {
  readonly id: string;
  readonly gateway: GatewayUnderTest;
  /** The gateway's policies, the draft among them. */
  readonly set: PolicySet;
  /** Test files whose personas make the calls where they can. */
  readonly files: readonly TestFile[];
}

/**
 * Tests that show what a draft is for: a call that it decides, and one that its conditions keep out of it. Of a permit the first is allowed and
 * the second denied, of a forbid the other way round. Nothing is shown of what no call can tell, such as a draft that another policy overrules.
 */
export async function draftTests({ id, gateway, set, files }: DraftUnderTest): Promise<Suggestion[]> {
  const draft = set.policies.get(id);
  if (draft === undefined) throw new Error(`the set has no policy ${id}`);
  const proofs = new MutantProofs(gateway, set);
  const suggester = new TestSuggester(gateway, files);
  const suggestions: Suggestion[] = [];
  for (const { name, other } of variants(draft)) {
    const difference = proofs.difference(draft, other);
    if (difference.kind !== 'found') continue;
    const suggestion = await suggester.suggest({
      name,
      original: set,
      mutant: withPolicy(set, other),
      comparison: proofs.comparison(draft, other),
      telling: difference.found,
      isLogOnly: false,
    });
    if (suggestion !== undefined) suggestions.push(suggestion);
  }
  return suggestions;
}

/** The draft as if it were not there, and the draft without its conditions. */
function variants(draft: PreparedPolicy): { readonly name: string; readonly other: PreparedPolicy }[] {
  const { id } = draft.policy;
  const { scope } = statementShape(draft.text);
  const whole = scope.replace(/^permit/u, draft.policy.effect);
  const texts = [
    [`that \`${id}\` is missing`, draft.text.replace(/;\s*$/u, ' when { false };')],
    [`that \`${id}\` has no conditions`, whole],
  ] as const;
  return texts.flatMap(([name, text]) => {
    const parsed = parseStatement(text);
    return parsed.ok ? [{ name, other: { policy: draft.policy, text, json: parsed.json } }] : [];
  });
}
