import { allOf, anyOf, type Cell, type Formula, isSatisfiable, not } from '../../logic/formula';
import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';
import { type Extent, PolicyReach, PRINCIPAL_TYPES } from './policy-reach';

/** All calls of these tools by callers of a type, whatever their claims and arguments are. */
export interface EveryCall {
  readonly principalType: string;
  readonly tools: readonly ToolSchema[];
}

/** Calls that several policies decide together, none of which does it alone. */
export interface JointDecision extends EveryCall {
  readonly policies: readonly PolicyView[];
}

/** What is known of policies without a request. */
export interface StaticTruth {
  /** Calls that a policy matches always. */
  readonly always: ReadonlyMap<PolicyView, readonly EveryCall[]>;
  /** Policies that no request matches. */
  readonly never: ReadonlySet<PolicyView>;
  /** Tools that no active permit can match. */
  readonly unpermitted: readonly ToolSchema[];
  /** Permits one of which matches, whatever the call. */
  readonly allowed: readonly JointDecision[];
  /** Forbids one of which matches every call that a permit matches. */
  readonly denied: readonly JointDecision[];
}

/** Steps of all questions about several policies. A set of a size that people write takes some thousand. */
const EFFORT = 5_000_000;
const LEAST_EFFORT = 2_000;

/**
 * Decides what policies match for all callers and arguments, alone and together. Comparisons with literals are decided exactly;
 * other conditions are taken to vary freely, so that what is found is certain and what is not found may still be so.
 * @param broken policies that Cedar refuses, of which nothing is known
 * @param impossible policies of which Cedar says that no request matches them
 */
export function staticTruth(
  policies: readonly PolicyView[],
  broken: ReadonlySet<PolicyView>,
  impossible: ReadonlySet<PolicyView>,
  tools: readonly ToolSchema[],
  gatewayArn: string,
): StaticTruth {
  const reaches = policies
    .filter((policy) => !broken.has(policy) && !impossible.has(policy))
    .map((policy) => new PolicyReach(policy, gatewayArn));
  const always = new Map<PolicyView, readonly EveryCall[]>();
  const never = new Set(impossible);
  for (const reach of reaches) {
    const everyCall = alwaysMatched(reach);
    if (everyCall.length > 0) always.set(reach.policy, everyCall);
    if (isHopeless(reach)) never.add(reach.policy);
  }
  const isBroken = new Set([...broken].flatMap((policy) => policy.tools));
  const questions = tools.length * PRINCIPAL_TYPES.length * 2;
  const byTool = activeByTool(reaches);
  const cells = tools.flatMap((tool) =>
    PRINCIPAL_TYPES.map((type) => new PolicyCell({ tool, principalType: type, gatewayArn }, byTool.get(tool) ?? [])),
  );
  const effort = Math.max(LEAST_EFFORT, EFFORT / questions);
  const decidable = cells.filter(({ cell }) => !isBroken.has(cell.tool));
  const permitted = new Set(cells.filter(({ permits }) => permits.length > 0).map(({ cell }) => cell.tool));
  return {
    always,
    never,
    unpermitted: tools.filter((tool) => !permitted.has(tool) && !isBroken.has(tool)),
    allowed: joined(decidable, (cell) => cell.allowed(effort)),
    denied: joined(decidable, (cell) => cell.denied(effort)),
  };
}

function alwaysMatched(reach: PolicyReach): EveryCall[] {
  return PRINCIPAL_TYPES.flatMap((principalType) => {
    const tools = reach.policy.tools.filter((tool) => reach.extent(tool, principalType) === 'all');
    return tools.length === 0 ? [] : [{ principalType, tools }];
  });
}

/** A policy without any tool is Cedar's to report. */
function isHopeless(reach: PolicyReach): boolean {
  const { tools } = reach.policy;
  const matches = (tool: ToolSchema): boolean =>
    PRINCIPAL_TYPES.some((principalType) => reach.extent(tool, principalType) !== 'none');
  return tools.length > 0 && !tools.some(matches);
}

function activeByTool(reaches: readonly PolicyReach[]): ReadonlyMap<ToolSchema, readonly PolicyReach[]> {
  const found = new Map<ToolSchema, PolicyReach[]>();
  for (const reach of reaches) {
    if (reach.policy.policy.enforcementMode !== 'ACTIVE') continue;
    for (const tool of reach.policy.tools) {
      const known = found.get(tool);
      if (known === undefined) found.set(tool, [reach]);
      else known.push(reach);
    }
  }
  return found;
}

/** The active policies that may match calls of one tool by callers of one type. */
class PolicyCell {
  readonly permits: readonly PolicyReach[];
  private readonly forbids: readonly PolicyReach[];

  constructor(
    readonly cell: Cell,
    active: readonly PolicyReach[],
  ) {
    const possible = active.filter((reach) => this.extent(reach) !== 'none');
    this.permits = possible.filter(({ policy }) => policy.policy.effect === 'permit');
    this.forbids = possible.filter(({ policy }) => policy.policy.effect === 'forbid');
  }

  /** As few permits as match every call together. Forbids come later, and the service refuses such permits before. */
  allowed(effort: number): readonly PolicyView[] {
    if (this.permits.length < 2 || this.permits.some((reach) => reach.canErr || this.extent(reach) === 'all'))
      return [];
    return this.fewest(this.permits, (some) => not(anyOf(...some)), effort);
  }

  /** As few forbids as match together whatever a permit matches. */
  denied(effort: number): readonly PolicyView[] {
    if (this.permits.length === 0 || this.forbids.length === 0) return [];
    if (this.forbids.some((reach) => this.extent(reach) === 'all')) return [];
    const permitted = anyOf(...this.permits.map(({ formula }) => formula));
    return this.fewest(this.forbids, (some) => allOf(permitted, not(anyOf(...some))), effort);
  }

  /** Policies that leave no exception, with none to spare. Empty when all of them leave one. */
  private fewest(
    all: readonly PolicyReach[],
    exception: (formulas: readonly Formula[]) => Formula,
    effort: number,
  ): PolicyView[] {
    const holds = (some: readonly PolicyReach[]): boolean =>
      isSatisfiable(exception(some.map(({ formula }) => formula)), this.cell, effort) === false;
    if (!holds(all)) return [];
    let kept = all;
    for (const reach of all) {
      const others = kept.filter((other) => other !== reach);
      if (holds(others)) kept = others;
    }
    return kept.map(({ policy }) => policy);
  }

  private extent(reach: PolicyReach): Extent {
    return reach.extent(this.cell.tool, this.cell.principalType);
  }
}

/** One decision for all tools that the same policies decide for the same type of principal. */
function joined(
  cells: readonly PolicyCell[],
  decisive: (cell: PolicyCell) => readonly PolicyView[],
): readonly JointDecision[] {
  const found: { policies: readonly PolicyView[]; principalType: string; tools: ToolSchema[] }[] = [];
  for (const cell of cells) {
    const policies = decisive(cell);
    if (policies.length === 0) continue;
    const { principalType, tool } = cell.cell;
    const same = found.find((one) => one.principalType === principalType && isSame(one.policies, policies));
    if (same) same.tools.push(tool);
    else found.push({ policies, principalType, tools: [tool] });
  }
  return found;
}

function isSame(some: readonly PolicyView[], others: readonly PolicyView[]): boolean {
  return some.length === others.length && some.every((policy, index) => policy === others[index]);
}
