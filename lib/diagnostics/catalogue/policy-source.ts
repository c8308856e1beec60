import { didYouMean, error, stop, warning } from './entry';

/** Findings while policies are read, before anything is known about tools. */
export const POLICY_SOURCE = {
  POLICY_SOURCE_MISSING: stop(
    (p: { path: string; directory: string; suggestion: string | undefined }) =>
      `policy source \`${p.path}\` does not exist or cannot be read`,
    (p) => didYouMean(p.suggestion, `check its permissions, and the path, which is relative to \`${p.directory}\``),
  ),
  POLICY_SOURCE_KIND: stop(
    (p: { path: string; kind: string; wanted: string; factory: string }) =>
      `policy source \`${p.path}\` is a ${p.kind}, not a ${p.wanted}`,
    (p) => `write \`PolicySource.${p.factory}\``,
  ),
  POLICY_SOURCE_EMPTY: error(
    (p: { path: string }) => `policy folder \`${p.path}\` holds no \`.cedar\` file`,
    () => 'add a policy file, or remove the source',
  ),
  POLICY_FILE_UNREADABLE: error(
    (p: { path: string }) => `policy file \`${p.path}\` cannot be read as text`,
    () => 'check its permissions, and save it as UTF-8',
  ),
  POLICY_FILE_EMPTY: warning(
    (p: { file: string }) => `\`${p.file}\` holds no policy`,
    () => 'write a policy into it, or remove it',
  ),
  POLICY_FILE_TWICE: error(
    (p: { file: string }) => `two policy sources read \`${p.file}\``,
    () => 'name each file in one source only',
  ),
  POLICY_SYNTAX: error(
    (p: { reason: string; hint?: string }) => `this is not Cedar: ${p.reason}`,
    (p) => p.hint ?? 'correct the statement; it has the form `permit(principal, action, resource) when { ... };`',
  ),
  POLICY_QUOTE_OPEN: error(
    () => 'the closing quote of this text is missing',
    () => 'write `"` where the text ends; everything behind it was read as part of the text',
  ),
  POLICY_DOGWOOD: error(
    (p: { word: string }) =>
      `\`${p.word}\` belongs to Dogwood, the superset of Cedar with guardrails and temporal conditions, and this library takes Cedar only`,
    () => 'take the policy out of this set, and create it on an engine that you pass as `policyEngine`',
  ),
  POLICY_TOO_DEEP: error(
    () => 'the conditions of this policy nest too deep to be checked',
    () => 'split it into several policies, or replace a chain of comparisons by `["a", "b"].contains(...)`',
  ),
  POLICY_SLOT_UNKNOWN: error(
    (p: { slot: string }) => `nothing fills the slot \`${p.slot}\``,
    () => 'only `?resource` is bound at deployment, in `resource == ?resource`',
  ),
  POLICY_ID_DUPLICATE: error(
    (p: { id: string }) => `two policies have the id \`${p.id}\``,
    () => 'give one of them another `@id("...")`',
  ),
  POLICY_ANNOTATION_UNKNOWN: warning(
    (p: { name: string; suggestion?: string }) => `annotation \`@${p.name}\` means nothing to this library`,
    (p) => didYouMean(p.suggestion && `@${p.suggestion}`, 'remove it, or write it as a comment'),
  ),
  POLICY_ANNOTATION_INVALID: error(
    (p: { annotation: string; value: string; expected: string }) =>
      `\`@${p.annotation}("${p.value}")\` is not a value that the annotation takes`,
    (p) => `write ${p.expected}`,
  ),
};
