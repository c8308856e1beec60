import { didYouMean, error, stop, warning } from './entry';

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Findings about policy test files and test runs. */
export const TEST = {
  TEST_FILE_SYNTAX: error(
    (p: { problem: string }) => `the text is not valid YAML: \`${p.problem}\``,
    () => 'correct the text where it is underlined; quote texts that hold `:`, `#`, `{` or `[`',
  ),
  TEST_NUMBER_INEXACT: error(
    (p: { value: string }) => `the integer \`${p.value}\` is too large to be kept exactly`,
    () => 'use an integer between -9007199254740991 and 9007199254740991, or a quoted text where the tool takes one',
  ),
  TEST_KEY_UNKNOWN: error(
    (p: { key: string; suggestion: string | undefined }) => `there is no setting \`${p.key}\` here`,
    (p) => didYouMean(p.suggestion, 'remove it, or look the format up in docs/policy-tests.md'),
  ),
  TEST_KEY_MISSING: error(
    (p: { key: string; expected: string }) => `\`${p.key}\` is missing`,
    (p) => `add \`${p.key}\`: ${p.expected}`,
  ),
  TEST_VALUE_INVALID: error(
    (p: { key: string; found: string; expected: string }) => `\`${p.key}\` cannot be \`${p.found}\``,
    (p) => `write ${p.expected}`,
  ),
  TEST_CASE_KIND_MISSING: error(
    () => 'the test neither calls a tool nor lists tools',
    () => 'add `call: target___tool` with `expect`, or `list` with the tools that must be shown',
  ),
  TEST_BY_WITHOUT_DENIAL: error(
    (p: { decision: string }) => `\`by\` says who denies, and the call is expected to end in \`${p.decision}\``,
    () => 'remove `by`, or expect DENY',
  ),
  TEST_PERSONA_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `there is no persona \`${p.name}\` in this file`,
    (p) => didYouMean(p.suggestion, 'declare it under `personas`'),
  ),
  TEST_PERSONA_KIND_MIXED: error(
    (p: { name: string; first: string; second: string }) =>
      `persona \`${p.name}\` has both \`${p.first}\` and \`${p.second}\``,
    () => 'keep one: a caller is a user, a machine client, an IAM role, or anonymous',
  ),
  TEST_TOOL_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `no target of the gateway has a tool \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'name a tool of the gateway as `target___tool`'),
  ),
  TEST_POLICY_UNKNOWN: error(
    (p: { id: string; suggestion: string | undefined }) => `there is no policy \`${p.id}\``,
    (p) => didYouMean(p.suggestion, 'name policies by their id: `@id`, or the path of their file'),
  ),
  TEST_PERSONA_GROUP: error(
    (p: { name: string; group: string; known: readonly string[]; suggestion: string | undefined }) =>
      `persona \`${p.name}\` is in the group \`${p.group}\`, which the identity does not have`,
    (p) =>
      didYouMean(
        p.suggestion,
        p.known.length === 0
          ? 'give the persona `claims`: tokens of this identity have no groups'
          : `use one of ${listed(p.known)}, or add the group to \`groups\` of the identity`,
      ),
  ),
  TEST_PERSONA_ATTRIBUTE: error(
    (p: { name: string; attribute: string; suggestion: string | undefined }) =>
      `persona \`${p.name}\` has the attribute \`${p.attribute}\`, which no user of the identity has`,
    (p) => didYouMean(p.suggestion, 'let a claim read it, `Claim.fromAttribute`, or remove it'),
  ),
  TEST_PERSONA_CLIENT: error(
    (p: { name: string; client: string; known: readonly string[]; suggestion: string | undefined }) =>
      `persona \`${p.name}\` is the client \`${p.client}\`, which the identity does not have`,
    (p) =>
      didYouMean(
        p.suggestion,
        p.known.length === 0 ? 'add it to `machines` of the identity' : `use one of ${listed(p.known)}`,
      ),
  ),
  TEST_PERSONA_REFUSED: error(
    (p: { name: string; claim: string; known: readonly string[] }) =>
      `the gateway refuses the token of persona \`${p.name}\` before any policy is asked: \`customClaims\` demands that \`${p.claim}\` is ${p.known.map((one) => `\`${one}\``).join(' or ')}`,
    (p) => `give the persona \`claims: { "${p.claim}": ... }\`, or what the claim is made from`,
  ),
  TEST_VALUE_IMPOSSIBLE: warning(
    (p: { what: string; value: string; known: readonly string[]; suggestion: string | undefined }) =>
      `${p.what} is never \`${p.value}\`, so that the test shows nothing about real calls`,
    (p) => didYouMean(p.suggestion, `use one of ${listed(p.known)}`),
  ),
  TEST_STEP_IDLE: warning(
    (p: { step: string; entry: string; tools: readonly string[] }) =>
      p.tools.length === 0
        ? `step \`${p.step}\` of \`${p.entry}\` is for no tool, so that it never runs`
        : `no test calls a tool of step \`${p.step}\` of \`${p.entry}\`: ${p.tools.map((tool) => `\`${tool}\``).join(', ')}`,
    () => 'add a test that calls one, and run it through the step with `governed-gateway verify --emulator`',
  ),
  TEST_TRUSTED_FIELD_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `the gateway declares no trusted field \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'declare it in `trustedContext` of the gateway, or move the value to `arguments`'),
  ),
  TEST_SURVIVOR_UNKNOWN: error(
    (p: { mutant: string; suggestion: string | undefined }) => `no mutant \`${p.mutant}\` survives`,
    (p) => didYouMean(p.suggestion, 'remove the entry: the tests kill this mutant, or it is not made any more'),
  ),
  TEST_SURVIVOR_EQUAL: error(
    (p: { mutant: string }) => `mutant \`${p.mutant}\` is proved to decide every call as the policy does`,
    () => 'remove the entry: what no call can tell apart needs no reason',
  ),
  TEST_FILES_NONE: stop(
    (p: { place: string }) => `there is no test file in \`${p.place}\``,
    () => 'write `*.test.yaml` files beside the policies, or name files on the command line',
  ),
  TEST_FILTER_MATCHES_NONE: stop(
    (p: { filter: string }) => `no test matches the filter \`${p.filter}\``,
    () => 'run without `--filter` to see the names of all tests',
  ),
  TEST_PERSONA_WITHOUT_SUB: error(
    (p: { name: string }) => `persona \`${p.name}\` has no \`sub\``,
    () => 'give the persona a `username`, a `client`, or a claim `sub` that is a text',
  ),
};
