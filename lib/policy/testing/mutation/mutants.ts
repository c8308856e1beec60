import type { Location } from '../../../diagnostics/diagnostic';
import type { PolicySet, PreparedPolicy } from '../../decision/policy-set';
import type { Token } from '../../text/lexer';
import { locateInPolicy } from '../../text/statement-text';
import { conditionEdits } from './mutants-condition';
import { literalEdits } from './mutants-literal';
import { scopeEdits } from './mutants-scope';
import type { Subject } from './mutation-subject';
import { outline } from './statement-outline';

/** A policy with one fault planted in it. */
export interface Mutant {
  /** Stable name, for `survivors` in test files: the policy's id and the change. */
  readonly id: string;
  readonly policy: string;
  /** In words. */
  readonly change: string;
  /** Where the changed text stands. */
  readonly location: Location;
  /** The changed statement, bound to the gateway. Cedar has not seen it yet. */
  readonly text: string;
}

/** Every mutant of a policy. Some are refused by Cedar's validator, as the service would refuse them. */
export function mutantsOf(set: PolicySet, prepared: PreparedPolicy): Mutant[] {
  const { policy, text } = prepared;
  const found = outline(text);
  if (found === undefined) return [];
  const within = (token: Token): boolean =>
    found.conditions.some(({ body }) => body.start <= token.start && token.end <= body.end);
  const tokens = found.tokens.filter((token) => within(token) && token.text !== JSON.stringify(set.gatewayArn));
  const subject: Subject = { set, text, outline: found, tokens };
  const effect = { ...found.effect, replacement: policy.effect === 'permit' ? 'forbid' : 'permit' };
  const edits = [effect, ...scopeEdits(subject, prepared.json), ...conditionEdits(subject), ...literalEdits(subject)];
  const names = new Map<string, number>();
  return edits.map((edit) => {
    const change = describe(text.slice(edit.start, edit.end), edit.replacement, set.gatewayArn);
    const count = (names.get(change) ?? 0) + 1;
    names.set(change, count);
    return {
      id: `${policy.id} > ${change}${count === 1 ? '' : ` (${count})`}`,
      policy: policy.id,
      change,
      location: locateInPolicy(policy, set.gatewayArn, edit.start, edit.end),
      text: text.slice(0, edit.start) + edit.replacement + text.slice(edit.end),
    };
  });
}

function describe(before: string, after: string, gatewayArn: string): string {
  const plain = (text: string): string => shorten(text.replaceAll(`AgentCore::Gateway::"${gatewayArn}"`, '?resource'));
  return after === '' ? `without ${plain(before)}` : `${plain(before)} becomes ${plain(after)}`;
}

/** One line that still tells its ends. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 100 ? line : `${line.slice(0, 58)} ... ${line.slice(-37)}`;
}
