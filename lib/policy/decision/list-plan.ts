import { quote } from '../../contract/cedar-string';
import type { PolicyJson, PreparedPolicies } from '../cedar/cedar';
import { entityLiteral, expressionsOf, operatorOf } from '../cedar/expression';
import { ACTION_TYPE } from '../schema/platform-entities';
import type { ToolSchema } from '../schema/schema-json';
import { type Token, tokens } from '../text/lexer';
import { contextReads } from '../text/reads';
import { withoutActionScope } from '../text/statement-text';
import type { PolicySet, PreparedPolicy } from './policy-set';
import { actionLine, coversTool, looksAtAction, namedActions } from './scope';

/** The attribute that stands for `context.system.now` in the statements of a {@link ListPlan}, because they get no whole context. */
export const CLOCK = { type: 'AgentCore::Clock', id: 'clock', attribute: 'now' } as const;

const CLOCK_TEXT = `${CLOCK.type}::"${CLOCK.id}".${CLOCK.attribute}`;

/** Tools about which the policies cannot tell apart. */
export interface ToolGroup {
  readonly tools: readonly string[];
  /** Ids of the statements that decide, in {@link ListPlan}. */
  readonly permits: readonly string[];
  readonly forbids: readonly string[];
}

/**
 * What `tools/list` asks Cedar for a caller: one question over statements that no longer depend on the tool, instead of one
 * per tool. Apart by effect, because Cedar names no permit beside a forbid.
 */
export interface ListPlan {
  readonly groups: readonly ToolGroup[];
  readonly permits: PreparedPolicies;
  readonly forbids: PreparedPolicies;
  /** Tools whose actions statements name, and ask for their groups. */
  readonly named: readonly ToolSchema[];
}

const plans = new WeakMap<PolicySet, ListPlan>();

/** The plan of a policy set, made once. */
export function listPlan(set: PolicySet): ListPlan {
  const known = plans.get(set);
  if (known !== undefined) return known;
  const plan = new Planning(set).plan();
  plans.set(set, plan);
  return plan;
}

/** An ACTIVE policy that covers every tool it is asked about. */
interface Candidate {
  readonly policy: PreparedPolicy;
  readonly statement: string;
  /** Names that conditions may compare with the action; undefined when they do not look at the action. */
  readonly names: ReadonlySet<string> | undefined;
  /** Ids of its statements, by the mentioned names of the tools that they are for. */
  readonly ids: Map<string, string>;
}

class Planning {
  /** Ids by statement: many policies are the same when it no longer matters which tool they are for. */
  private readonly statements = { permit: new Map<string, string>(), forbid: new Map<string, string>() };
  private readonly named = new Map<string, ToolSchema>();
  private readonly everywhere: Candidate[] = [];
  private readonly byName = new Map<string, Candidate[]>();
  /** Names of actions that any policy mentions. */
  private readonly mentioned = new Set<string>();

  constructor(private readonly set: PolicySet) {
    for (const policy of set.policies.values()) if (policy.policy.enforcementMode === 'ACTIVE') this.add(policy);
  }

  plan(): ListPlan {
    const groups = [...this.alike().values()].map((tools) => this.group(tools));
    const { permit, forbid } = this.statements;
    return {
      groups,
      permits: byId(permit),
      forbids: byId(forbid),
      named: [...this.named.values()],
    };
  }

  private add(policy: PreparedPolicy): void {
    const statement = withClock(withoutActionScope(withoutAnnotations(policy.text)));
    const names = looksAtAction(policy.json) ? namesIn(policy.json) : undefined;
    const candidate = { policy, statement, names, ids: new Map<string, string>() };
    const scope = namedActions(policy.json.action)?.map(({ id }) => id);
    if (scope === undefined) this.everywhere.push(candidate);
    for (const name of new Set(scope)) this.byName.set(name, [...(this.byName.get(name) ?? []), candidate]);
    for (const name of [...(scope ?? []), ...(names ?? [])]) this.mentioned.add(name);
  }

  /**
   * Tools by the names that policies mention of their action and its groups. Policies know actions by name only, so that
   * tools of which they mention the same names could be swapped without a change of any answer.
   */
  private alike(): Map<string, ToolSchema[]> {
    const groups = new Map<string, ToolSchema[]>();
    for (const tool of this.set.schema.tools.values()) {
      const key = mentions(tool, this.mentioned);
      const group = groups.get(key);
      if (group) group.push(tool);
      else groups.set(key, [tool]);
    }
    return groups;
  }

  private group(tools: readonly ToolSchema[]): ToolGroup {
    const ids = { permit: new Set<string>(), forbid: new Set<string>() };
    const [tool] = tools;
    if (tool !== undefined) {
      const scoped = actionLine(tool).flatMap((name) => this.byName.get(name) ?? []);
      const covering = scoped.filter(({ policy }) => coversTool(policy.json, tool));
      for (const candidate of [...this.everywhere, ...covering])
        ids[candidate.policy.policy.effect].add(this.statementFor(candidate, tool));
    }
    return { tools: tools.map(({ action }) => action), permits: [...ids.permit], forbids: [...ids.forbid] };
  }

  /** Id of the statement by which a policy decides about a tool. */
  private statementFor({ policy, statement, names, ids }: Candidate, tool: ToolSchema): string {
    const key = names === undefined ? '' : mentions(tool, names);
    const known = ids.get(key);
    if (known !== undefined) return known;
    const text = names === undefined ? statement : withAction(statement, tool);
    if (names !== undefined && asksForGroups(policy.json)) this.named.set(tool.action, tool);
    const statements = this.statements[policy.policy.effect];
    const id = statements.get(text) ?? String(statements.size);
    statements.set(text, id);
    ids.set(key, id);
    return id;
  }
}

function byId(statements: ReadonlyMap<string, string>): PreparedPolicies {
  return { statements: Object.fromEntries([...statements].map(([text, id]) => [id, text])) };
}

function mentions(tool: ToolSchema, names: ReadonlySet<string>): string {
  return actionLine(tool)
    .filter((name) => names.has(name))
    .join('\n');
}

function asksForGroups(policy: PolicyJson): boolean {
  return [...expressionsOf(policy)].some((expression) => {
    const [operator, operand] = operatorOf(expression);
    return operator === 'in' || (operator === 'is' && operand.in !== undefined);
  });
}

/** Ids of the entities that conditions write out. */
function namesIn(policy: PolicyJson): Set<string> {
  return new Set([...expressionsOf(policy)].flatMap((expression) => entityLiteral(expression)?.id ?? []));
}

/** The statement from its effect on. */
function withoutAnnotations(text: string): string {
  const all = tokens(text);
  const effect = all.find(
    (token, index) => (token.text === 'permit' || token.text === 'forbid') && all[index - 1]?.text !== '@',
  );
  return text.slice(effect?.start ?? 0);
}

/** Cedar takes nothing out of a context of which a part is unknown, so that the time is handed over as an entity. */
function withClock(text: string): string {
  if (!text.includes(CLOCK.attribute)) return text;
  const reads = contextReads(tokens(text)).filter(({ path, isTest }) => !isTest && path.join('.') === 'system.now');
  return replaced(text, reads, CLOCK_TEXT);
}

/** The statement with a tool's action written into its conditions. */
function withAction(text: string, tool: ToolSchema): string {
  const all = tokens(text);
  const [, ...inConditions] = all.filter((_, index) => isActionVariable(all, index));
  return replaced(text, inConditions, `${ACTION_TYPE}::${quote(tool.action)}`);
}

const BEFORE_OTHER_NAMES = new Set(['.', '::', 'has', 'is', '@']);

/** Whether a token is the variable, and not an attribute, a record's key, a part of a type or an annotation. */
function isActionVariable(all: readonly Token[], index: number): boolean {
  const [before, token, behind] = [all[index - 1], all[index], all[index + 1]];
  if (token?.kind !== 'name' || token.text !== 'action') return false;
  return !BEFORE_OTHER_NAMES.has(before?.text ?? '') && behind?.text !== ':' && behind?.text !== '::';
}

function replaced(text: string, places: readonly { start: number; end: number }[], by: string): string {
  return places.reduceRight((rest, { start, end }) => rest.slice(0, start) + by + rest.slice(end), text);
}
