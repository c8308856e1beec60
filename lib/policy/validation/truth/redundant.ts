import type { Formula } from '../../proof/formula/formula';
import type { PolicyView } from '../view/policy-view';
import type { PolicyCell } from './policy-cell';

/**
 * Active policies without which every call ends as it does with them, each with the policies that cover it: other permits, forbids that stop what
 * it permits, or other forbids; none where it forbids what nothing permits. Of several that cover each other, the last ones are named, so that all
 * that are named can go at once.
 * @param cells every cell of the policies
 */
export function redundantPolicies(
  policies: readonly PolicyView[],
  cells: readonly PolicyCell[],
): ReadonlyMap<PolicyView, readonly PolicyView[]> {
  const found = new Map<PolicyView, readonly PolicyView[]>();
  for (const policy of policies.toReversed()) {
    const own = cells.filter(({ possible }) => possible.includes(policy));
    if (own.length === 0 || policy.isGiven || policy.policy.enforcementMode !== 'ACTIVE') continue;
    const cover = coverOf(policy, own, (other) => other !== policy && !found.has(other));
    if (cover !== undefined) found.set(policy, cover);
  }
  return found;
}

/** Undefined where a call needs the policy. */
function coverOf(
  policy: PolicyView,
  cells: readonly PolicyCell[],
  isThere: (other: PolicyView) => boolean,
): readonly PolicyView[] | undefined {
  const cover = new Set<PolicyView>();
  const rest = cells.map((cell) => new Rest(policy, cell, isThere));
  if (!rest.every((one) => one.isEnough)) return undefined;
  for (const one of rest) for (const other of one.cover()) cover.add(other);
  return [...cover];
}

/** What the other policies of a cell decide. */
class Rest {
  private readonly permits: readonly PolicyView[];
  private readonly forbids: readonly PolicyView[];

  constructor(
    private readonly policy: PolicyView,
    private readonly cell: PolicyCell,
    isThere: (other: PolicyView) => boolean,
  ) {
    this.permits = cell.permits.filter(isThere);
    this.forbids = cell.forbids.filter(isThere);
  }

  /** Whether no call needs the policy. */
  get isEnough(): boolean {
    const { cell, policy } = this;
    const { formulas } = cell.prover;
    const others = [...this.permits, ...this.forbids];
    const { fails } = cell.verdict(policy);
    const fail = formulas.or(...others.map((other) => cell.verdict(other).fails));
    const alone = formulas.and(this.reach, formulas.not(cell.anyOf(this.candidates)), formulas.not(fail));
    return cell.isNever(formulas.or(alone, formulas.and(fails, formulas.not(fail))));
  }

  /** As few others as make up for the policy. */
  cover(): readonly PolicyView[] {
    const { formulas } = this.cell.prover;
    const exception = (some: readonly PolicyView[]): Formula =>
      formulas.and(this.reach, formulas.not(this.cell.anyOf(some)));
    return this.cell.isNever(this.reach) ? [] : this.cell.fewest(this.candidates, exception);
  }

  /** Calls that the policy can decide: those that it matches, and of a forbid those that something permits. */
  private get reach(): Formula {
    const { cell, policy } = this;
    const matches = cell.matches(policy);
    return policy.policy.effect === 'permit' ? matches : cell.prover.formulas.and(matches, cell.anyOf(this.permits));
  }

  private get candidates(): readonly PolicyView[] {
    return this.policy.policy.effect === 'permit' ? [...this.permits, ...this.forbids] : this.forbids;
  }
}
