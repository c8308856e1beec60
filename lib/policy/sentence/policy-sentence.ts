import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { Expr, PolicyJson } from '../cedar/cedar';
import { plainUid } from '../cedar/expression';
import { GATEWAY_TYPE } from '../schema/platform-entities';
import { parseStatement } from '../source/parsed-policy';
import { tokens } from '../text/lexer';
import { writtenStatement } from '../text/statement-text';
import { conditionPhrase, conjunction } from './conditions';
import { actionItself, callersOfType, entityName, toolsOf } from './entity-names';
import { oneLine } from './one-line';
import { type Phrase, together } from './phrase';
import { quotedName } from './quoted';
import type { Words } from './terms';

/** A policy in words, in its parts. */
export interface PolicySentence {
  /** "Callers with a token may call", "Nobody with a token may call". */
  readonly start: string;
  /** "`notes___read_note`", "any tool of `notes`". */
  readonly tools: readonly string[];
  /** "at any gateway"; empty for this gateway. */
  readonly where: string;
  /** When it applies. @default - always */
  readonly condition?: Phrase;
  /** When it does not, although the condition holds. @default - there are no exceptions */
  readonly exception?: Phrase;
  /** Whether it decides nothing and is only recorded. */
  readonly isLogOnly: boolean;
}

/** A policy as a sentence. Throws for a statement that Cedar cannot parse, which no loaded policy is. */
export function policySentence(
  policy: Pick<DesiredPolicy, 'id' | 'statementParts' | 'enforcementMode'>,
): PolicySentence {
  const text = writtenStatement(policy);
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(`policy ${policy.id} cannot be parsed`);
  const { json } = parsed;
  const words = wordsOf(text);
  const condition = clause(json, 'when', words);
  const exception = clause(json, 'unless', words);
  return {
    start: startOf(json),
    tools: toolsNamed(json.action),
    where: whereOf(json.resource),
    ...(condition === undefined ? {} : { condition }),
    ...(exception === undefined ? {} : { exception }),
    isLogOnly: policy.enforcementMode === 'LOG_ONLY',
  };
}

function wordsOf(text: string): Words {
  const digits = tokens(text)
    .filter(({ kind }) => kind === 'number')
    .map((token) => token.text);
  const words: Words = {
    integer: (value) => exactDigits(value, digits),
    condition: (expression: Expr) => oneLine(conditionPhrase(expression, words)),
  };
  return words;
}

/** Cedar's JSON rounds integers beyond 2^53. Those of the text that it may be are all said. */
function exactDigits(value: number, digits: readonly string[]): string {
  if (Number.isSafeInteger(value)) return String(value);
  const meant = new Set(digits.filter((one) => Number(one) === Math.abs(value)));
  const sign = value < 0 ? '-' : '';
  return [...meant].map((one) => `${sign}${BigInt(one)}`).join(' or ');
}

/** All clauses of a kind together: every `when` has to hold, and no `unless`. */
function clause({ conditions }: PolicyJson, kind: 'when' | 'unless', words: Words): Phrase | undefined {
  const bodies = conditions.filter((one) => one.kind === kind).map(({ body }) => body);
  if (bodies.length === 0) return undefined;
  const phrase = (body: Expr): Phrase => conditionPhrase(body, words);
  return kind === 'when' ? conjunction(bodies, phrase) : together('any', bodies.map(phrase));
}

function startOf({ effect, principal }: PolicyJson): string {
  if (principal.op === '==')
    return named('entity' in principal ? entityName(plainUid(principal.entity)) : slot(), effect);
  const who = principal.op === 'is' ? callersOfType(principal.entity_type) : 'callers';
  const group = principal.op === 'in' ? principal : principal.op === 'is' ? principal.in : undefined;
  const inside = group === undefined ? '' : ` in ${'entity' in group ? entityName(plainUid(group.entity)) : slot()}`;
  if (effect === 'permit') return `${capital(who)}${inside} may call`;
  return `${who.startsWith('callers') ? `Nobody${who.slice('callers'.length)}` : 'Nobody'}${inside} may call`;
}

function named(who: string, effect: PolicyJson['effect']): string {
  return `${capital(who)} ${effect === 'permit' ? 'may' : 'may not'} call`;
}

function toolsNamed(action: PolicyJson['action']): readonly string[] {
  if (action.op === 'All') return ['any tool'];
  if (action.op === '==') return 'entity' in action ? [actionItself(plainUid(action.entity).id)] : [slot()];
  const entities = 'entities' in action ? action.entities : [action.entity];
  const ids = entities.map((entity) => plainUid(entity).id);
  return ids.length === 0 ? ['no tool'] : ids.map(toolsOf);
}

function whereOf(resource: PolicyJson['resource']): string {
  switch (resource.op) {
    case 'All':
      return 'at any gateway';
    case 'is': {
      const inside =
        resource.in === undefined
          ? ''
          : ` in ${'entity' in resource.in ? entityName(plainUid(resource.in.entity)) : 'this gateway'}`;
      const type = resource.entity_type === GATEWAY_TYPE ? 'gateway' : quotedName(resource.entity_type);
      return `at any ${type}${inside}`;
    }
    default:
      return 'entity' in resource ? `at ${entityName(plainUid(resource.entity))}` : '';
  }
}

function slot(): string {
  return quotedName('?principal');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
