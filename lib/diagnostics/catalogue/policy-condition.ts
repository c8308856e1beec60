import { didYouMean, error, warning } from './entry';

/** A text that a policy compares with, and the texts that there are. */
export interface ImpossibleValue {
  readonly what: string;
  readonly value: string;
  readonly known: string;
  readonly suggestion: string | undefined;
}

/** Findings about what a policy asks of claims and arguments. */
export const POLICY_CONDITION = {
  POLICY_CLAIM_AS_ATTRIBUTE: error(
    (p: { claim: string; guarded: string; forArrays?: string }) =>
      `claims are tags, so that a principal has no attribute \`${p.claim}\``,
    (p) =>
      p.forArrays === undefined
        ? `write \`${p.guarded}\``
        : `write \`${p.guarded}\` for a string; an array is searched by \`${p.forArrays}\``,
  ),
  POLICY_CLAIM_UNGUARDED: error(
    (p: { claim: string }) => `a token may lack the claim \`${p.claim}\`, and then this policy fails the call`,
    (p) => `write \`principal.hasTag("${p.claim}") && ...\` before it`,
  ),
  POLICY_CLAIM_NOT_TEXT: error(
    (p: { claim: string; text?: string }) =>
      `the claim \`${p.claim}\` is a string to Cedar, whatever it is in the token`,
    (p) =>
      `compare it as text, \`principal.getTag("${p.claim}") == "${p.text ?? '...'}"\`, or look for an element of an array, \`like "*\\"NAME\\"*"\``,
  ),
  POLICY_CLAIM_UNKNOWN: error(
    (p: { claim: string; suggestion?: string }) => `no identity of this gateway emits the claim \`${p.claim}\``,
    (p) =>
      p.claim === 'sub'
        ? 'the `sub` of a token is `principal.id`'
        : didYouMean(p.suggestion, 'declare the claim with the identity, or remove the condition'),
  ),
  POLICY_GROUP_UNQUOTED: warning(
    (p: { claim: string; pattern: string; value: string; token: string }) =>
      `\`like "${p.pattern}"\` on the JSON text of \`${p.claim}\` also matches names that only contain it: \`${p.token}\``,
    (p) => `write the quotes of the JSON text: \`like "*\\"${p.pattern.replace(/[*"\\]/g, '')}\\"*"\``,
  ),
  POLICY_GROUP_EQUALS: warning(
    (p: { claim: string; value: string; token: string }) =>
      `the claim \`${p.claim}\` is the JSON text of an array, which never equals \`${p.value}\`: that of \`${p.token}\` does not`,
    (p) => `write \`principal.getTag("${p.claim}") like "*\\"${p.value}\\"*"\``,
  ),
  POLICY_GROUP_MISSED: warning(
    (p: { claim: string; pattern: string; value: string; token: string }) =>
      `\`like "${p.pattern}"\` on the JSON text of \`${p.claim}\` does not find \`${p.value}\` in \`${p.token}\``,
    (p) => `write \`like "*\\"${p.value}\\"*"\`, which finds it wherever it stands`,
  ),
  POLICY_GROUP_FOOLED: warning(
    (p: { claim: string; pattern: string; value: string; token: string }) =>
      `\`like "${p.pattern}"\` on the JSON text of \`${p.claim}\` also matches \`${p.token}\`, which has no element \`${p.value}\``,
    (p) =>
      `where callers choose the values, compare what begins an element: \`like "[\\"${p.value}\\"*"\`, or \`like "*,\\"${p.value}\\"*"\`; else acknowledge the finding`,
  ),
  POLICY_SCOPE_SEARCHED: warning(
    (p: { claim: string; pattern: string; word: string; token: string }) =>
      `\`like "${p.pattern}"\` on the words of \`${p.claim}\` also matches \`${p.token}\``,
    (p) =>
      `ask for the word by what stands around it: \`== "${p.word}"\`, or \`like "${p.word} *"\`, or \`like "* ${p.word}"\`, or \`like "* ${p.word} *"\``,
  ),
  POLICY_OBJECT_SEARCHED: warning(
    (p: { claim: string; pattern: string; token: string }) =>
      `the claim \`${p.claim}\` is the JSON text of an object, in which \`like "${p.pattern}"\` also finds \`${p.token}\``,
    () => 'have the identity provider put the value into a claim of its own, and compare that one',
  ),
  POLICY_CLAIM_UNDECLARED: warning(
    (p: { claim: string; value: string; isSearched: boolean }) =>
      p.isSearched
        ? `\`like "${p.value}"\` on \`${p.claim}\`, which nobody declared, also matches values that only contain it: of a string and of an array`
        : `nobody declared \`${p.claim}\`: a string may equal \`${p.value}\`, the JSON text of an array never does`,
    (p) =>
      `declare the claim with the identity; for an array write \`like "*\\"${p.value.replace(/[*"\\]/g, '')}\\"*"\``,
  ),
  POLICY_TYPES_DIFFER: error(
    (p: { given: string; expected: string }) =>
      `this needs two values of one type, and has ${p.given} and ${p.expected}`,
    () => 'compare values of one type',
  ),
  POLICY_TYPE_WRONG: error(
    (p: { given: string; expected: string }) => `this has to be ${p.expected}, and is ${p.given}`,
    () => 'write the condition so that its types agree',
  ),
  POLICY_INPUT_UNKNOWN: error(
    (p: { name: string; tools: string; suggestion?: string }) => `${p.tools} has no argument \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'declare it in the input schema of the tool, or as a trusted field of the gateway'),
  ),
  POLICY_INPUT_OF_CLASS: error(
    (p: { name: string; group: string; count: number; tools: string; guard: string }) =>
      `${p.count} of the tools in class \`${p.group}\` have no argument \`${p.name}\`: ${p.tools}`,
    (p) =>
      `ask \`${p.guard}\` first, or name the tools that have it: the policy is deployed as the list of all tools of the class`,
  ),
  POLICY_TRUSTED_FIELD_ABSENT: error(
    (p: { name: string; tools: string }) => `nobody fills the trusted field \`${p.name}\` for ${p.tools}`,
    () => 'add the tool to the tools of the trusted field',
  ),
  POLICY_TRUSTED_FIELD_TOOL: error(
    (p: { name: string; tool: string; suggestion?: string }) =>
      `the trusted field \`${p.name}\` is for \`${p.tool}\`, which no target has`,
    (p) => didYouMean(p.suggestion, 'name tools of this gateway, `target___tool`'),
  ),
  POLICY_INPUT_UNGUARDED: error(
    (p: { name: string }) => `a call may lack the optional argument \`${p.name}\`, and then this policy fails it`,
    (p: { guard: string; name: string }) => `write \`${p.guard} && ...\` before it`,
  ),
  POLICY_INPUT_TYPE: error(
    (p: { name: string; type: string; form?: string }) =>
      `the argument \`${p.name}\` is ${p.type}, and this condition takes it for something else`,
    (p) =>
      p.form === undefined
        ? 'an argument that is null is left out: ask whether it is missing'
        : `write \`${p.form}\`; docs/arguments.md has the form for each schema`,
  ),
  POLICY_INPUT_NEVER_THERE: warning(
    (p: { name: string; reason: 'null' | 'earlier' }) =>
      p.reason === 'null'
        ? `no call has \`${p.name}\`: an argument that is null is left out`
        : `no call has \`${p.name}\`: a value that would be it is an earlier type of the argument`,
    (p) =>
      p.reason === 'null'
        ? 'ask whether the argument is missing, `!(context.input has ...)`'
        : 'decide on the earlier type, or change the order of the types in the schema',
  ),
  POLICY_INPUT_UNDER_GROUP: error(
    () => 'a condition on arguments needs the tools by name, because arguments differ from tool to tool',
    (p: { tools: string }) => `write \`action in [${p.tools}]\``,
  ),
  POLICY_CONTEXT_UNKNOWN: error(
    (p: { name: string }) => `the context of a call has no \`${p.name}\``,
    () => 'use `context.input` for arguments, `context.system.now` for the time and a trusted field for anything else',
  ),
  POLICY_RESOURCE_ATTRIBUTE: error(
    (p: { name: string }) => `a gateway has no attribute \`${p.name}\``,
    () => 'decide by the principal, the action and `context.input`',
  ),
  POLICY_NUMBER_DECIMAL: error(
    () => 'a JSON `number` is a decimal, and decimals do not compare with integers',
    (p: { example: string }) => `write \`${p.example}\``,
  ),
  POLICY_NUMBER_LONG: error(
    () => 'a JSON `integer` is a long, and longs do not compare with decimals',
    (p: { example: string }) => `write \`${p.example}\``,
  ),
  POLICY_DECIMAL_DIGITS: error(
    (p: { literal: string }) => `\`decimal("${p.literal}")\` has more than the four decimals that Cedar holds`,
    () => 'round it to four decimals; arguments are cut after four as well',
  ),
  POLICY_LITERAL_INVALID: error(
    (p: { literal: string; form: string }) => `Cedar makes no value of \`${p.literal}\``,
    (p) => `write it as \`${p.form}\``,
  ),
  POLICY_TIME_LITERAL: error(
    (p: { literal: string }) => `${p.literal} is a string, which does not compare with a time`,
    (p) => `write \`datetime(${p.literal.startsWith('"') ? p.literal : '"2026-12-31T00:00:00Z"'})\``,
  ),
  POLICY_ENUM_UNVERIFIED: warning(
    (p: { name: string }) =>
      `argument \`${p.name}\` is an enum, of which it is unverified whether the service makes a string`,
    () => 'check the policy on the service, or remove `enum` from the schema of the tool',
  ),
  POLICY_VALUE_IMPOSSIBLE: warning(
    (p: ImpossibleValue) => `${p.what} is never \`${p.value}\``,
    (p) => didYouMean(p.suggestion, `compare it with a value that there is: ${p.known}`),
  ),
  POLICY_FORBID_VALUE_IMPOSSIBLE: error(
    (p: ImpossibleValue) => `${p.what} is never \`${p.value}\``,
    (p) => didYouMean(p.suggestion, `compare it with a value that there is: ${p.known}`),
  ),
  POLICY_CONFUSING_TEXT: warning(
    (p: { message: string }) => p.message,
    () => 'check that the text is what it looks like; a letter of another script or an invisible mark matches nothing',
  ),
  POLICY_CEDAR: error(
    (p: { message: string; help?: string }) => p.message,
    (p) => p.help ?? 'correct the condition so that its types agree',
  ),
};
