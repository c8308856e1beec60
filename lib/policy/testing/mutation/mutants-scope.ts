import { quote } from '../../../contract/cedar-string';
import type { PolicyJson } from '../../cedar/cedar';
import { coversTool, namedActions } from '../../decision/scope';
import { ACTION_TYPE } from '../../schema/platform-entities';
import type { Edit, Subject } from './mutation-subject';
import type { Span } from './statement-outline';
import { isValid } from './statement-validity';

/** Tools that a widened scope is tried with, when it cannot be widened to all. */
const WIDENED_BY = 20;

/**
 * Scopes widened and narrowed. `principal is T` stays: all callers of one gateway have the same type, so that no test could
 * tell the difference. The resource stays: it is the gateway that the policy is bound to.
 */
export function scopeEdits(subject: Subject, json: PolicyJson): Edit[] {
  const [principal, action] = subject.outline.scope;
  if (principal === undefined || action === undefined) return [];
  return [...principalEdits(subject, json, principal), ...actionEdits(subject, json, action)];
}

function principalEdits({ text }: Subject, json: PolicyJson, span: Span): Edit[] {
  const { principal } = json;
  if (principal.op !== '==' || !('entity' in principal)) return [];
  const uid = '__entity' in principal.entity ? principal.entity.__entity : principal.entity;
  const written = text.slice(span.start, span.end);
  return [
    { ...span, replacement: `principal is ${uid.type}` },
    { ...span, replacement: written.replace(/"$/, '~"') },
  ];
}

function actionEdits({ set, text }: Subject, json: PolicyJson, span: Span): Edit[] {
  const named = namedActions(json.action);
  if (named === undefined) return [];
  const edits: Edit[] = [];
  const names = named.map((uid) => `${ACTION_TYPE}::${quote(uid.id)}`);
  if (names.length > 1) {
    for (const [index] of names.entries()) edits.push({ ...span, replacement: among(names.toSpliced(index, 1)) });
  }
  const replace = (replacement: string): string => text.slice(0, span.start) + replacement + text.slice(span.end);
  const others = [...set.schema.tools.values()].filter((tool) => !coversTool(json, tool));
  if (others.length === 0) return edits;
  if (isValid(set, replace('action'))) return [...edits, { ...span, replacement: 'action' }];
  const fitting = others
    .slice(0, WIDENED_BY)
    .map((tool) => `${ACTION_TYPE}::${quote(tool.action)}`)
    .filter((name) => isValid(set, replace(among([...names, name]))));
  return fitting.length === 0 ? edits : [...edits, { ...span, replacement: among([...names, ...fitting]) }];
}

function among(names: readonly string[]): string {
  return `action in [${names.join(', ')}]`;
}
