import { error, warning } from './entry';

/** Findings about what has to hold for every call. */
export const INVARIANT = {
  INVARIANT_BROKEN: error(
    (p: { sentence: string; problem: string; unfilled: readonly string[] }) =>
      `\`${p.sentence}\` does not hold: ${p.problem}`,
    (p) =>
      p.unfilled.length === 0
        ? 'correct the policies, or the invariant if it says more than is meant; `governed-gateway prove` prints the whole call'
        : `the call lacks ${p.unfilled.map((name) => `\`${name}\``).join(', ')}, which the interceptor fills: if calls without are not meant, say \`${p.unfilled.map((name) => `context.input has ${name}`).join(' && ')}\` in the invariant`,
  ),
  INVARIANT_UNDECIDED: warning(
    (p: { sentence: string; tools: string; reason: string }) =>
      `whether \`${p.sentence}\` holds for ${p.tools} could not be decided: ${p.reason}`,
    () => 'say the condition in simpler terms, or acknowledge the finding with a reason',
  ),
  INVARIANT_VACUOUS: error(
    (p: { sentence: string }) => `\`${p.sentence}\` describes no call, so that it would hold whatever the policies are`,
    () => 'correct the names and values of the invariant: a proof about no call proves nothing',
  ),
  INVARIANT_NONE: error(
    (p: { gateway: string }) => `\`${p.gateway}\` declares no invariants, so that there is nothing to prove`,
    () => 'write one to a file that ends in `.invariant.cedar` beside the policies, see docs/proofs.md',
  ),
  INVARIANT_MISPLACED: error(
    (p: { file: string }) => `an invariant stands among the policies of \`${p.file}\``,
    () => 'move it to a file that ends in `.invariant.cedar`: what stands there is proved and never deployed',
  ),
  INVARIANT_WITHOUT_SENTENCE: error(
    () => 'this invariant does not say in words what has to hold',
    () => 'add `@invariant("...")` with one sentence, or move a policy to a file without `.invariant` in its name',
  ),
};
