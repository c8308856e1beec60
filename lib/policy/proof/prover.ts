import type { Principal } from '../../contract/claims';
import type { DeclaredClaim } from '../../contract/manifest';
import type { PolicyJson } from '../cedar/cedar';
import type { ToolSchema } from '../schema/schema-json';
import { decide } from './decide/decide';
import { type Model, Theory } from './decide/theory';
import { CallSpace } from './encode/call-space';
import { policyVerdict, type Verdict } from './encode/policy-verdict';
import { variablesOf } from './formula/atom';
import { atomsOf, type Formula, Formulas } from './formula/formula';
import { constant, variable } from './formula/linear';
import { atMost } from './formula/relations';
import type { Variables } from './formula/variables';
import { callOfModel } from './witness/call-of-model';
import { plainestCall } from './witness/plainest';
import type { Witness } from './witness/witness';

/** What proofs rest on, beside the policies and the tools' schemas. */
export interface ProofAssumptions {
  readonly gatewayArn: string;
  readonly principalType: Principal['type'];
  /** Claims that tokens carry. @default - nobody can know, and every text is possible */
  readonly claims?: readonly DeclaredClaim[] | undefined;
  /** Whether `sub` is a tag too, see docs/platform-assumptions.md. @default false */
  readonly subTag?: boolean;
}

/** What a set of policies decides, for all calls of a tool. */
export interface SetVerdict {
  readonly allowed: Formula;
  /** Calls that end in ERROR, because a policy fails. */
  readonly fails: Formula;
}

/** Whether some call makes a formula true, and which. */
export type ProofAnswer =
  | { readonly kind: 'never' }
  /** `beyondJson`: whether each such call has a number beyond 2^53, which JSON does not carry. */
  | { readonly kind: 'possible'; readonly witness: Witness; readonly beyondJson: boolean }
  | { readonly kind: 'undecided'; readonly reason: string };

/** Values that make a formula true. */
export type SolvedFormula =
  | { readonly kind: 'never' }
  | { readonly kind: 'possible'; readonly model: Model; readonly spaced: boolean; readonly beyondJson: boolean }
  | { readonly kind: 'undecided'; readonly reason: string };

/** Numbers that survive JSON and JavaScript: longs below 2^53, decimals with 15 digits. */
const EXACT = 10n ** 15n - 1n;

/** Answers questions about policies for every call there can be. */
export class Prover {
  readonly formulas = new Formulas();
  private readonly theory = new Theory();
  private readonly spaces = new Map<ToolSchema, CallSpace>();
  private readonly verdicts = new Map<CallSpace, Map<PolicyJson, Verdict>>();

  constructor(private readonly assumptions: ProofAssumptions) {}

  calls(tool: ToolSchema): CallSpace {
    const known = this.spaces.get(tool);
    if (known !== undefined) return known;
    const space = new CallSpace(this.formulas, { ...this.assumptions, tool });
    this.spaces.set(tool, space);
    return space;
  }

  /** For which calls of a tool a policy matches, and for which it fails. */
  verdict(policy: PolicyJson, tool: ToolSchema): Verdict {
    const calls = this.calls(tool);
    const verdicts = this.verdicts.get(calls) ?? new Map<PolicyJson, Verdict>();
    this.verdicts.set(calls, verdicts);
    const verdict = verdicts.get(policy) ?? policyVerdict(policy, calls);
    verdicts.set(policy, verdict);
    return verdict;
  }

  /** As AgentCore decides: a policy that fails fails the call, then a forbid wins, then a permit is needed. */
  decision(policies: readonly PolicyJson[], tool: ToolSchema): SetVerdict {
    const { formulas } = this;
    const matching = (effect: PolicyJson['effect']): Formula =>
      formulas.or(
        ...policies.filter((policy) => policy.effect === effect).map((policy) => this.verdict(policy, tool).matches),
      );
    const fails = formulas.or(...policies.map((policy) => this.verdict(policy, tool).fails));
    return { fails, allowed: formulas.and(matching('permit'), formulas.not(matching('forbid')), formulas.not(fails)) };
  }

  /** Whether a formula can hold, however arrays are written. */
  isPossible(formula: Formula, tool: ToolSchema): boolean | undefined {
    const calls = this.calls(tool);
    const kinds = spellings(formula, calls).map(
      (spaced) => decide(calls.withFacts(formula), calls.variables(spaced), this.theory).kind,
    );
    if (kinds.includes('possible')) return true;
    return kinds.includes('undecided') ? undefined : false;
  }

  /** A call that makes a formula true; the plainest one that is found. */
  find(formula: Formula, tool: ToolSchema): ProofAnswer {
    const calls = this.calls(tool);
    const answer = this.solve(calls.withFacts(formula), tool);
    if (answer.kind !== 'possible') return answer;
    const { beyondJson, model, spaced } = answer;
    const witness = beyondJson ? callOfModel(model, calls, spaced) : plainestCall(formula, model, calls, spaced);
    return { kind: 'possible', witness, beyondJson };
  }

  /**
   * Values that make a formula true, with numbers that JSON carries if there are such.
   * @param variables those of the formula. @default - those of one call of the tool
   */
  solve(formula: Formula, tool: ToolSchema, variables?: (spaced: boolean) => Variables): SolvedFormula {
    const calls = this.calls(tool);
    let undecided: SolvedFormula | undefined;
    for (const spaced of spellings(formula, calls)) {
      const values = (variables ?? ((one) => calls.variables(one)))(spaced);
      const answer = decide(formula, values, this.theory);
      if (answer.kind === 'undecided') undecided = answer;
      if (answer.kind !== 'possible') continue;
      const exact = decide(this.withExactNumbers(formula), values, this.theory);
      const { model } = exact.kind === 'possible' ? exact : answer;
      return { kind: 'possible', model, spaced, beyondJson: exact.kind !== 'possible' };
    }
    return undecided ?? { kind: 'never' };
  }

  private withExactNumbers(formula: Formula): Formula {
    const { formulas } = this;
    const names = new Set(atomsOf(formula).flatMap((atom) => ('linear' in atom ? variablesOf(atom) : [])));
    const bounds = [...names]
      .filter((name) => !/^(second:)?quotient#/u.test(name))
      .flatMap((name) => [
        atMost(formulas, constant(-EXACT), variable(name)),
        atMost(formulas, variable(name), constant(EXACT)),
      ]);
    return formulas.and(formula, ...bounds);
  }
}

/** Nobody has seen whether the platform writes arrays with spaces: a proof holds for both. */
function spellings(formula: Formula, calls: CallSpace): boolean[] {
  return calls.dependsOnSpacing(formula) ? [false, true] : [false];
}
