import { quote } from '../../contract/cedar-string';
import { LIMITS } from '../../contract/limits';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { policyName } from '../source/policy-name';
import { tokens } from '../text/lexer';
import { cutAtGateway } from '../text/statement-text';

/** Start of the ids of policies that the library adds to a set. */
const GUARD_ID_PREFIX = 'governed-gateway/';

/** Stands in the origin of policies that no file holds. */
export const GUARD_ORIGIN = 'trusted-context';

/** Characters of the longest gateway ARN with quotes, which takes the slot's place. */
const ARN_ROOM = 170;

/** A forbid that the library adds to a set. Findings of the service's own analysis do not stop it: what it denies is meant. */
export function guard(what: string, description: string, text: string, nameSeed: string): DesiredPolicy {
  const id = `${GUARD_ID_PREFIX}${what}`;
  return {
    id,
    name: policyName(nameSeed, id),
    effect: 'forbid',
    description,
    statementParts: cutAtGateway(text, 0, text.length, tokens(text)),
    validationMode: 'IGNORE_ALL_FINDINGS',
    enforcementMode: 'ACTIVE',
    origin: { file: GUARD_ORIGIN, line: 1, column: 1 },
  };
}

/**
 * A forbid's text. The principal is typed, because the service judges a forbid for every type of principal overly restrictive.
 * @param scope of the action
 * @param unless condition under which the call is not the guard's concern
 */
export function forbid(callers: string, scope: string, unless?: string): string {
  const head = `forbid(\n  principal is ${callers},\n  ${scope},\n  resource == ?resource\n)`;
  return unless === undefined ? `${head};` : `${head} unless {\n  ${unless}\n};`;
}

/** `action == A`, or `action in [A, B]`. */
export function actionIn(actions: readonly string[]): string {
  return actions.length === 1 ? `action == ${actions[0]}` : `action in [\n    ${actions.join(',\n    ')}\n  ]`;
}

export function actionOf(name: string): string {
  return `AgentCore::Action::${quote(name)}`;
}

/** Actions in lists that keep a statement below its limits. @param text the statement of a list */
export function chunked(tools: Iterable<string>, text: (actions: readonly string[]) => string): string[][] {
  const room = LIMITS.statementMaxBytes - Buffer.byteLength(text(['', ''])) - ARN_ROOM;
  const chunks: string[][] = [];
  let left = 0;
  for (const tool of new Set(tools)) {
    const action = actionOf(tool);
    const size = Buffer.byteLength(action) + ',\n    '.length;
    if (size > left) {
      chunks.push([]);
      left = room;
    }
    chunks.at(-1)?.push(action);
    left -= size;
  }
  return chunks;
}
