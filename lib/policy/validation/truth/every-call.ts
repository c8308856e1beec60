import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';
import type { PolicyCell } from './policy-cell';

/** All calls of these tools by callers of a type, whatever their claims and arguments are. */
export interface EveryCall {
  readonly principalType: string;
  readonly tools: readonly ToolSchema[];
}

/** Calls that several policies decide together, none of which does it alone. */
export interface JointDecision extends EveryCall {
  readonly policies: readonly PolicyView[];
}

/** Calls that each policy matches always. */
export function alwaysMatched(cells: readonly PolicyCell[]): ReadonlyMap<PolicyView, readonly EveryCall[]> {
  const found = new Map<PolicyView, { principalType: string; tools: ToolSchema[] }[]>();
  for (const cell of cells) {
    for (const policy of cell.complete) {
      const calls = found.get(policy) ?? [];
      const same = calls.find(({ principalType }) => principalType === cell.principalType);
      if (same) same.tools.push(cell.tool);
      else found.set(policy, [...calls, { principalType: cell.principalType, tools: [cell.tool] }]);
    }
  }
  return found;
}

/** Permits one of which matches, whatever the call, as few as do. Forbids come later, and the service refuses such permits before. */
export function allowedAlways(cells: readonly PolicyCell[]): readonly JointDecision[] {
  return joined(cells, (cell) => {
    const { permits, prover } = cell;
    if (permits.length < 2 || permits.some((policy) => cell.complete.has(policy))) return [];
    const failing = permits.map((policy) => cell.verdict(policy).fails);
    return cell.fewest(permits, (some) => prover.formulas.or(prover.formulas.not(cell.anyOf(some)), ...failing));
  });
}

/** Forbids one of which matches every call that a permit matches, as few as do. */
export function deniedAlways(cells: readonly PolicyCell[]): readonly JointDecision[] {
  return joined(cells, (cell) => {
    const { permits, forbids, prover } = cell;
    if (permits.length === 0 || forbids.length === 0 || forbids.some((policy) => cell.complete.has(policy))) return [];
    const { formulas } = prover;
    return cell.fewest(forbids, (some) => formulas.and(cell.anyOf(permits), formulas.not(cell.anyOf(some))));
  });
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
    const { principalType, tool } = cell;
    const same = found.find((one) => one.principalType === principalType && isSame(one.policies, policies));
    if (same) same.tools.push(tool);
    else found.push({ policies, principalType, tools: [tool] });
  }
  return found;
}

function isSame(some: readonly PolicyView[], others: readonly PolicyView[]): boolean {
  return some.length === others.length && some.every((policy, index) => policy === others[index]);
}
