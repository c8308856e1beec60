import type { PolicyJson } from '../../cedar/cedar';
import type { Verdict } from '../../proof/encode/policy-verdict';
import { fewest } from '../../proof/fewest';
import type { Formula } from '../../proof/formula/formula';
import type { Prover } from '../../proof/prover';
import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';

/** The calls of one tool by callers of one type, and what policies say of them. What is asked is proved; what takes too many steps is not so. */
export class PolicyCell {
  /** Policies that decide. */
  private readonly active: readonly PolicyView[];
  /** Policies that some call matches. */
  readonly possible: readonly PolicyView[];
  /** Active policies that some call matches. */
  readonly permits: readonly PolicyView[];
  readonly forbids: readonly PolicyView[];
  private known: ReadonlySet<PolicyView> | undefined;

  constructor(
    readonly prover: Prover,
    readonly tool: ToolSchema,
    readonly principalType: string,
    policies: readonly PolicyView[],
  ) {
    this.active = policies.filter(({ policy }) => policy.enforcementMode === 'ACTIVE');
    this.possible = policies.filter((policy) => !this.isNever(this.matches(policy)));
    const matched = this.active.filter((policy) => this.possible.includes(policy));
    this.permits = matched.filter(({ policy }) => policy.effect === 'permit');
    this.forbids = matched.filter(({ policy }) => policy.effect === 'forbid');
  }

  /** Policies that every call matches. */
  get complete(): ReadonlySet<PolicyView> {
    const { formulas } = this.prover;
    this.known ??= new Set(this.possible.filter((policy) => this.isNever(formulas.not(this.matches(policy)))));
    return this.known;
  }

  /** Calls that the active policies allow. */
  get allowed(): Formula {
    const { formulas } = this.prover;
    const fails = this.active.map((policy) => this.verdict(policy).fails);
    return formulas.and(this.anyOf(this.permits), formulas.not(formulas.or(this.anyOf(this.forbids), ...fails)));
  }

  /** Whether no call of the cell matches a policy. */
  excludes(policy: PolicyJson): boolean {
    return this.isNever(this.prover.verdict(policy, this.tool).matches);
  }

  matches(policy: PolicyView): Formula {
    return this.verdict(policy).matches;
  }

  verdict(policy: PolicyView): Verdict {
    return this.prover.verdict(policy.json, this.tool);
  }

  anyOf(policies: readonly PolicyView[]): Formula {
    return this.prover.formulas.or(...policies.map((policy) => this.matches(policy)));
  }

  isNever(formula: Formula): boolean {
    return this.prover.isPossible(formula, this.tool) === false;
  }

  /** Policies that leave no exception, with none to spare. Empty when all of them leave one. */
  fewest(all: readonly PolicyView[], exception: (some: readonly PolicyView[]) => Formula): readonly PolicyView[] {
    const leavesNone = (some: readonly PolicyView[]): boolean => this.isNever(exception(some));
    return leavesNone(all) ? fewest(all, leavesNone) : [];
  }
}
