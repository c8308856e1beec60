import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';
import type { PolicyCell } from './policy-cell';

/** All calls of these tools by callers of these types, whatever their claims and arguments are. */
export interface EveryCall {
  readonly principalTypes: readonly string[];
  readonly tools: readonly ToolSchema[];
}

/** Calls that several policies decide together, none of which does it alone. */
export interface JointDecision extends EveryCall {
  readonly policies: readonly PolicyView[];
}

/** Calls that each policy matches always. */
export function alwaysMatched(cells: readonly PolicyCell[]): ReadonlyMap<PolicyView, readonly EveryCall[]> {
  const found = joined(cells, (cell) => [...cell.complete].map((policy) => [policy]));
  const policies = [...new Set(found.flatMap((one) => one.policies))];
  return new Map(policies.map((policy) => [policy, found.filter((one) => one.policies.includes(policy))]));
}

/** Permits one of which matches, whatever the call, as few as do. Forbids come later, and the service refuses such permits before. */
export function allowedAlways(cells: readonly PolicyCell[]): readonly JointDecision[] {
  return joined(cells, (cell) => {
    const { permits, prover } = cell;
    if (permits.length < 2 || permits.some((policy) => cell.complete.has(policy))) return [];
    const failing = permits.map((policy) => cell.verdict(policy).fails);
    const few = cell.fewest(permits, (some) => prover.formulas.or(prover.formulas.not(cell.anyOf(some)), ...failing));
    return few.length === 0 ? [] : [few];
  });
}

/** Forbids one of which matches every call that a permit matches, as few as do. */
export function deniedAlways(cells: readonly PolicyCell[]): readonly JointDecision[] {
  return joined(cells, (cell) => {
    const { permits, forbids, prover } = cell;
    if (permits.length === 0 || forbids.length === 0 || forbids.some((policy) => cell.complete.has(policy))) return [];
    const { formulas } = prover;
    const few = cell.fewest(forbids, (some) => formulas.and(cell.anyOf(permits), formulas.not(cell.anyOf(some))));
    return few.length === 0 ? [] : [few];
  });
}

/** One decision for all tools of which the same policies decide for the same types of principal. */
function joined(
  cells: readonly PolicyCell[],
  decisive: (cell: PolicyCell) => readonly (readonly PolicyView[])[],
): readonly JointDecision[] {
  const byTool = new Map<ToolSchema, { policies: readonly PolicyView[]; principalTypes: string[] }[]>();
  for (const cell of cells) {
    const decisions = byTool.get(cell.tool) ?? [];
    byTool.set(cell.tool, decisions);
    for (const policies of decisive(cell)) {
      const same = decisions.find((one) => isSame(one.policies, policies));
      if (same) same.principalTypes.push(cell.principalType);
      else decisions.push({ policies, principalTypes: [cell.principalType] });
    }
  }
  const found: { policies: readonly PolicyView[]; principalTypes: readonly string[]; tools: ToolSchema[] }[] = [];
  for (const [tool, decisions] of byTool) {
    for (const { policies, principalTypes } of decisions) {
      const same = found.find((one) => isSame(one.policies, policies) && isSame(one.principalTypes, principalTypes));
      if (same) same.tools.push(tool);
      else found.push({ policies, principalTypes, tools: [tool] });
    }
  }
  return found;
}

function isSame<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
