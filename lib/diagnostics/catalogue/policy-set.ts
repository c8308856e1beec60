import { didYouMean, error, warning } from './entry';

/** Findings about what policies come to, alone and together. */
export const POLICY_SET = {
  POLICY_NEVER_MATCHES: error(
    () => 'no call can ever match this policy',
    () => 'correct the condition that contradicts the tools, claims or other conditions, or remove the policy',
  ),
  POLICY_CHANGES_NOTHING: warning(
    (p: { effect: 'permit' | 'forbid'; policies: string | undefined }) =>
      p.policies === undefined
        ? 'this policy changes nothing: what it forbids is not permitted'
        : `this policy changes nothing: every call that it matches is ${p.effect === 'permit' ? 'permitted or forbidden' : 'forbidden'} by ${p.policies}`,
    () => 'remove it, or correct the condition that was to make a difference',
  ),
  POLICY_CAN_FAIL: warning(
    (p: { tool: string; input: string; beyondJson: boolean }) =>
      `evaluating this policy fails, and with it the call, for \`${p.tool}\` with \`${p.input}\`${p.beyondJson ? ': only numbers beyond 2^53 do it' : ''}`,
    () => 'put a limit on the number before it is calculated with, such as `context.input.count < 1000000 && ...`',
  ),
  POLICY_ALLOWS_EVERYTHING: error(
    (p: { tools: string; principals: string }) => `this policy allows every call of ${p.tools} by ${p.principals}`,
    () =>
      'add a condition; or, if this is meant, `@validation("IGNORE_ALL_FINDINGS")`, without which the service refuses it',
  ),
  POLICY_DENIES_EVERYTHING: error(
    (p: { tools: string; principals: string }) => `this policy denies every call of ${p.tools} by ${p.principals}`,
    () =>
      'add a condition; or, if this is meant, `@validation("IGNORE_ALL_FINDINGS")`, without which the service refuses it',
  ),
  POLICY_SET_ALLOWS_EVERYTHING: error(
    (p: { policies: string; tools: string; principals: string }) =>
      `${p.policies} together allow every call of ${p.tools} by ${p.principals}`,
    () =>
      'narrow a condition, or permit it in one policy; if this is meant, annotate that with `@validation("IGNORE_ALL_FINDINGS")`',
  ),
  POLICY_SET_DENIES_EVERYTHING: error(
    (p: { policies: string; tools: string; principals: string }) =>
      `nobody can call ${p.tools} as ${p.principals}: whatever is permitted is forbidden by ${p.policies}`,
    () =>
      'narrow a forbid, or widen a permit beyond it; if this is meant, annotate the forbid with `@validation("IGNORE_ALL_FINDINGS")`',
  ),
  POLICY_NO_PERMIT: error(
    () => 'the set forbids and permits nothing, so that every call is denied',
    () => 'add a permit; what no permit allows is denied anyway',
  ),
  POLICY_TOOL_UNREACHABLE: warning(
    (p: { tool: string }) => `no policy permits any call of \`${p.tool}\``,
    () => 'add a permit for the tool, or take it off the gateway',
  ),
  TOOL_WITHOUT_CLASS: warning(
    (p: { target: string; count: number; tools: string }) =>
      `${p.count} of the tools of \`${p.target}\` are in no class, so that no policy on classes is for them: ${p.tools}`,
    () =>
      'give them classes where they are defined, or with `classes` of the target, or acknowledge this with the reason why none fits',
  ),
  TOOL_CLASS_UNDECLARED: error(
    (p: { tool: string; name: string; suggestion: string | undefined }) =>
      `\`${p.tool}\` is in class \`${p.name}\`, which \`toolClasses\` of the gateway does not name`,
    (p) => didYouMean(p.suggestion, 'add it to `toolClasses`, or give the tool another class'),
  ),
  POLICY_STATEMENT_LENGTH: error(
    (p: { characters: number; bytes: number; limit: string }) =>
      `the statement takes ${p.characters} characters and ${p.bytes} bytes, the service takes ${p.limit}`,
    () => 'split it into several policies',
  ),
  POLICY_SET_LENGTH: error(
    (p: { bytes: number; limit: number }) =>
      `the policies take ${p.bytes} bytes together, the service takes ${p.limit}`,
    () => 'shorten policies, or serve some of the tools by another gateway',
  ),
  POLICY_SET_COUNT: error(
    (p: { count: number; limit: number }) => `the set has ${p.count} policies, the service takes ${p.limit}`,
    () => 'merge policies that differ in their actions only',
  ),
  POLICY_NAME_INVALID: error(
    (p: { name: string }) => `\`${p.name}\` is not a policy name that the service takes`,
    () => 'use 1 to 48 letters, digits and underscores, starting with a letter',
  ),
  POLICY_NAME_RESERVED: error(
    (p: { name: string }) => `\`${p.name}\` is a name of locks, or of policies that a deployment makes for a moment`,
    () => 'give the policy another name: a deployment would leave it alone, or remove it',
  ),
  POLICY_NAME_DUPLICATE: error(
    (p: { name: string }) => `two policies are deployed as \`${p.name}\``,
    () => 'give one of them another `@id("...")`',
  ),
};
