import { IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../contract/claims';
import { ask, authorizePrepared, CedarFailure, type SchemaJson } from './cedar';
import { quote } from './cedar-string';
import type { Condition, ConditionTree } from './conditions';
import { tokens } from './lexer';
import type { PolicyView } from './lint/policy-view';
import type { ToolSchema } from './schema-json';
import { ACTION_TYPE, coversPrincipalType } from './scope';

/** Calls that a policy matches whatever the claims and arguments are: all of these tools by callers of this type. */
export interface AlwaysMatch {
  readonly principalType: string;
  readonly tools: readonly ToolSchema[];
}

/** What is known of policies without a request. */
export interface StaticTruth {
  readonly always: ReadonlyMap<PolicyView, readonly AlwaysMatch[]>;
  /** Policies that no request matches because of constants in them. Cedar's validator finds the others by itself. */
  readonly never: ReadonlySet<PolicyView>;
}

/** Questions to the validator beside the policies themselves; beyond that, tools are not told apart. */
const MAX_QUESTIONS = 3_000;

const PRINCIPAL_TYPES = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER];

/** A match that holds when no request matches the question. */
interface Guess extends AlwaysMatch {
  readonly policy: PolicyView;
  /** Undefined when the match is certain. */
  readonly question: string | undefined;
}

/**
 * Finds policies that match always or never. Cedar's validator says of a condition that it is false for all requests, and
 * so that the opposite is always true. Conditions without variables, which it does not compute, are computed first.
 */
export function staticTruth(policies: readonly PolicyView[], schema: SchemaJson<string>): StaticTruth {
  const constants = constantConditions(policies);
  const guesses = policies.flatMap((policy) => guessesOf(policy, constants, policies.length));
  const folded = policies.filter((policy) => policy.shape.conditions.some((condition) => constants.has(condition)));
  const questions = [
    ...guesses.map(({ question }) => question),
    ...folded.map((policy) => `${policy.shape.scope.slice(0, -1)} when { ${conjunction(policy, constants)} };`),
  ];
  const impossible = impossibleAmong(questions, schema);
  const always = new Map<PolicyView, AlwaysMatch[]>();
  for (const [index, { policy, principalType, tools, question }] of guesses.entries()) {
    if (question !== undefined && !impossible.has(index)) continue;
    always.set(policy, [...(always.get(policy) ?? []), { principalType, tools }]);
  }
  return { always, never: new Set(folded.filter((_, index) => impossible.has(guesses.length + index))) };
}

function guessesOf(policy: PolicyView, constants: Constants, policyCount: number): Guess[] {
  const { shape, tools, json } = policy;
  const types = PRINCIPAL_TYPES.filter((type) => json.principal.op !== '==' && coversPrincipalType(json, type));
  const coversTypes = json.principal.op === 'All' || json.principal.op === 'is';
  if (!coversTypes || tools.length === 0) return [];
  if (shape.tree === undefined)
    return types.map((principalType) => ({ policy, principalType, tools, question: undefined }));
  if (!canBe(true, shape.tree, constants)) return [];
  const readsInput = policy.contextReads.length > 0;
  const apart = readsInput && policyCount * tools.length * types.length <= MAX_QUESTIONS;
  const groups = apart ? tools.map((tool) => [tool]) : [tools];
  const opposite = `!(${conjunction(policy, constants)})`;
  return types.flatMap((principalType) =>
    groups.map((group) => {
      const actions = group.map(({ action }) => `${ACTION_TYPE}::${quote(action)}`).join(', ');
      const scope = `principal is ${principalType}, action in [${actions}], resource is AgentCore::Gateway`;
      return { policy, principalType, tools: group, question: `permit(${scope}) when { ${opposite} };` };
    }),
  );
}

/** All clauses as one expression, with constants in place of what they come to. */
function conjunction({ shape, prepared }: PolicyView, constants: Constants): string {
  const clauses = shape.clauses.map(({ kind, start, end }) => {
    let body = '';
    let from = start;
    for (const condition of shape.conditions) {
      const value = constants.get(condition);
      if (value === undefined || condition.start < start || condition.end > end) continue;
      body += `${prepared.text.slice(from, condition.start)}${value}`;
      from = condition.end;
    }
    return `${kind === 'unless' ? '!' : ''}(${body}${prepared.text.slice(from, end)}\n)`;
  });
  return clauses.join(' && ');
}

type Constants = ReadonlyMap<Condition, boolean>;

/** Values of the conditions that name no variable. */
function constantConditions(policies: readonly PolicyView[]): Constants {
  const found = policies.flatMap(({ shape }) => shape.conditions.filter(isConstant));
  const statements = Object.fromEntries(
    found.map(({ text }, index) => [String(index), `permit(principal, action, resource) when { ${text}\n};`]),
  );
  if (found.length === 0) return new Map();
  const nobody = { type: OAUTH_USER, id: '' };
  const request = { principal: nobody, action: nobody, resource: nobody, context: {}, entities: [] };
  try {
    const { diagnostics } = authorizePrepared({ statements }, request);
    const errors = new Set(diagnostics.errors.map(({ policyId }) => policyId));
    const holds = new Set(diagnostics.reason);
    const values = found.map((condition, index) => [condition, holds.has(String(index))] as const);
    return new Map(values.filter((_, index) => !errors.has(String(index))));
  } catch (error) {
    if (!(error instanceof CedarFailure)) throw error;
    return new Map();
  }
}

const VARIABLES = new Set(['principal', 'action', 'resource', 'context']);

function isConstant({ text }: Condition): boolean {
  if (text === 'true' || text === 'false') return false;
  return !tokens(text).some((token) => token.kind === 'name' && VARIABLES.has(token.text));
}

/**
 * Whether types and constants alone could settle a tree at a value, which is worth a question. They never settle what
 * compares a claim or an argument.
 */
function canBe(value: boolean, tree: ConditionTree, constants: Constants): boolean {
  switch (tree.kind) {
    case 'condition':
      return constants.has(tree) ? constants.get(tree) === value : isSettledByTypes(tree);
    case 'not':
      return canBe(!value, tree.part, constants);
    case 'and':
    case 'or': {
      const all = value === (tree.kind === 'and');
      const settles = (part: ConditionTree): boolean => canBe(value, part, constants);
      return all ? tree.parts.every(settles) : tree.parts.some(settles);
    }
  }
}

const SETTLING = new Set(['has', 'is', 'in', 'true', 'false', 'if', 'hasTag']);

function isSettledByTypes({ text }: Condition): boolean {
  const all = tokens(text);
  const compares = all.some((token) => token.text === '==' || token.text === '!=');
  const reads = all.some((token) => token.text === '.' || token.text === '[');
  return (compares && !reads) || all.some((token) => SETTLING.has(token.text));
}

/** Indexes of the statements that no request can match. */
function impossibleAmong(statements: readonly (string | undefined)[], schema: SchemaJson<string>): Set<number> {
  const asked = statements.flatMap((text, index) => (text === undefined ? [] : [[String(index), text] as const]));
  if (asked.length === 0) return new Set();
  try {
    const answer = ask((cedar) => cedar.validate({ schema, policies: { staticPolicies: Object.fromEntries(asked) } }));
    if (answer.type === 'failure') return new Set();
    const impossible = answer.validationWarnings.filter(({ error }) => error.message.includes('policy is impossible'));
    return new Set(impossible.map(({ policyId }) => Number(policyId)));
  } catch (error) {
    if (!(error instanceof CedarFailure)) throw error;
    return new Set();
  }
}
