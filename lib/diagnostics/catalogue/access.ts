import { didYouMean, error, stop, warning } from './entry';

/** Findings about whose access a change alters. */
export const ACCESS = {
  ACCESS_GAINED: warning(
    (p: { reason: string; tools: string; problem: string }) =>
      `${p.reason}: calls of ${p.tools} are allowed that were not: ${p.problem}`,
    () => 'check that this is meant; `governed-gateway diff` prints the whole call',
  ),
  ACCESS_LOST: warning(
    (p: { reason: string; tools: string; problem: string }) =>
      `${p.reason}: calls of ${p.tools} were allowed that are not any more: ${p.problem}`,
    () => 'check that this is meant; `governed-gateway diff` prints the whole call',
  ),
  ACCESS_NOT_MEANT: error(
    (p: { reason: string; tools: string; problem: string }) =>
      `${p.reason}: calls of ${p.tools} gain access, and no allowance covers them: ${p.problem}`,
    () => 'narrow the policy; or describe the calls by a permit in the file of `--allow`, if they are meant',
  ),
  ACCESS_UNDECIDED: warning(
    (p: { reason: string; tool: string; problem: string; direction: 'gained' | 'lost' }) =>
      `${p.reason}: whether calls of \`${p.tool}\` ${p.direction === 'gained' ? 'gain' : 'lose'} access could not be decided: ${p.problem}`,
    () => 'say the condition in simpler terms, or test the calls that matter',
  ),
  ACCESS_ALLOWANCE_UNUSED: warning(
    (p: { id: string }) => `the allowance \`${p.id}\` covers nothing that is gained`,
    () => 'remove it, or correct its names and values: an allowance that stays behind lets later gains through',
  ),
  ACCESS_ALLOWANCE_FORBID: error(
    (p: { id: string }) => `the allowance \`${p.id}\` is a forbid`,
    () => 'describe what may be gained by permits, with exceptions as `unless`',
  ),
  DIFF_BASE_MISSING: stop(
    () => 'there is nothing to compare with',
    () =>
      'give `--base` an assembly, a folder of policies or a git revision; or `--if-active` for policies that only log',
  ),
  DIFF_BASE_UNKNOWN: stop(
    (p: { base: string }) => `\`${p.base}\` is no assembly, no folder of policies and no git revision`,
    () => 'give `--base` one of them; in a shallow clone fetch the revision first: `git fetch origin main`',
  ),
  DIFF_BASE_UNREADABLE: stop(
    (p: { base: string; problem: string }) => `git cannot read \`${p.base}\`: \`${p.problem}\``,
    () => 'check that the policies lie in the repository, and that the revision was fetched with its files',
  ),
  DIFF_POLICY_NOT_LOGGING: error(
    (p: { id: string; suggestion: string | undefined }) => `no policy \`${p.id}\` is in LOG_ONLY`,
    (p) => didYouMean(p.suggestion, 'name policies that are annotated with `@enforcement("LOG_ONLY")`'),
  ),
};
