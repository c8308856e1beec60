import { policyPlace } from '../contract/policy-place';
import type { DesiredPolicy } from '../contract/policy-set-document';
import { GUARD_ORIGIN } from '../policy/guards/guard';
import { type PolicyProofs, proofSentences } from '../policy/proof/policy-proofs';
import { sentenceLine, sentenceLines } from '../policy/sentence/layout';
import { policySentence } from '../policy/sentence/policy-sentence';
import { code, text } from './markdown-text';

/** Policies of a gateway that are told in sentences. */
export interface ToldPolicies {
  readonly gateway: string;
  readonly policies: readonly DesiredPolicy[];
  /** Proofs about the policies that are a team's own. */
  readonly proofs: PolicyProofs;
}

/** The policies for a person: a sentence each, and what the library adds by what it is for. */
export function sentencesText({ gateway, policies, proofs }: ToldPolicies): string {
  const { own, guards } = divided(policies);
  const lines = [
    gateway,
    ...own.flatMap((policy) => [
      '',
      `${policy.id} (${policyPlace(policy)})`,
      ...sentenceLines(policySentence(policy)).map(
        ({ depth, text }) => `  ${'  '.repeat(depth)}${depth === 0 ? '' : '- '}${text}`,
      ),
      ...provedOf(policy, proofs).map((sentence) => `  ${sentence}`),
    ]),
    ...(guards.length === 0 ? [] : ['', 'added by the library']),
    ...guards.map(({ id, description = '' }) => `  ${id}: ${description}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** The policies for a page or a comment on a pull request. */
export function sentencesMarkdown({ gateway, policies, proofs }: ToldPolicies): string {
  const { own, guards } = divided(policies);
  const blocks = [
    `## Policies of ${code(gateway)}`,
    ...own.flatMap((policy) => [
      `### ${code(policy.id)}`,
      markdownSentence(policy),
      provedOf(policy, proofs)
        .map((sentence) => `- ${text(sentence)}`)
        .join('\n'),
    ]),
    ...(guards.length === 0 ? [] : ['### Added by the library']),
    guards.map(({ id, description = '' }) => `- ${code(id)}: ${text(description)}`).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The policies for a program. */
export function sentencesJson({ gateway, policies, proofs }: ToldPolicies): object {
  return {
    gateway,
    policies: policies.map((policy) => {
      const { id, effect, enforcementMode, description, origin, baseline } = policy;
      const sentence = policySentence(policy);
      return {
        id,
        effect,
        enforcement: enforcementMode,
        ...(description === undefined ? {} : { description }),
        addedByLibrary: isGuard(policy),
        ...(isGuard(policy) ? {} : { file: origin.file, line: origin.line }),
        ...(baseline === undefined ? {} : { baseline }),
        sentence: sentenceLine(sentence),
        lines: sentenceLines(sentence),
        withoutIt: proofs.get(id)?.effect,
        invariants: proofs.get(id)?.invariants ?? [],
      };
    }),
  };
}

function provedOf({ id }: DesiredPolicy, proofs: PolicyProofs): string[] {
  const proof = proofs.get(id);
  return proof === undefined ? [] : proofSentences(proof);
}

/** A list has an empty line before and behind it, so that the sentence does not run on in its last item. */
function markdownSentence(policy: DesiredPolicy): string {
  const lines = sentenceLines(policySentence(policy));
  return lines
    .map(({ depth, text: said }, index) => {
      const isBreak = index > 0 && (depth === 0) !== (lines[index - 1]?.depth === 0);
      const item = depth === 0 ? '' : `${'  '.repeat(depth - 1)}- `;
      return `${isBreak ? '\n' : ''}${item}${text(said)}`;
    })
    .join('\n');
}

function divided(policies: readonly DesiredPolicy[]): Record<'own' | 'guards', readonly DesiredPolicy[]> {
  return { own: policies.filter((policy) => !isGuard(policy)), guards: policies.filter(isGuard) };
}

/** Whether the library added a policy. */
export function isGuard({ origin }: DesiredPolicy): boolean {
  return origin.file === GUARD_ORIGIN;
}
