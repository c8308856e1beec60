import type { Principal } from '../../contract/claims';
import type { DeclaredClaim } from '../../contract/manifest';
import type { PolicyJson } from '../cedar/cedar';
import type { ToolSchema } from '../schema/schema-json';
import { type Answer, decide } from './decide/decide';
import { type Model, Theory } from './decide/theory';
import { CallSpace } from './encode/call-space';
import { policyVerdict, type Verdict } from './encode/policy-verdict';
import { variablesOf } from './formula/atom';
import { atomsOf, type Formula, Formulas } from './formula/formula';
import { constant, variable } from './formula/linear';
import { atMost } from './formula/relations';
import type { Variables } from './formula/variables';
import { callOfModel } from './witness/call-of-model';
import { EXACT, isExact, isQuotient } from './witness/exact-numbers';
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

/** Answers questions about policies for every call there can be. */
export class Prover {
  readonly formulas = new Formulas();
  private readonly theory = new Theory();
  private readonly spaces = new Map<ToolSchema, CallSpace>();
  private readonly verdicts = new Map<ToolSchema, Map<PolicyJson, Verdict>>();
  /** Answers by arguments and formula, without spaces in arrays and with them. */
  private readonly answersByInput = new Map<string, [Map<Formula, Answer>, Map<Formula, Answer>]>();
  private readonly answersOf = new Map<ToolSchema, [Map<Formula, Answer>, Map<Formula, Answer>]>();

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
    const verdicts = this.verdicts.get(tool) ?? new Map<PolicyJson, Verdict>();
    const known = verdicts.get(policy);
    if (known !== undefined) return known;
    const verdict = this.verdictOf(policy, tool);
    this.verdicts.set(tool, verdicts.set(policy, verdict));
    return verdict;
  }

  private verdictOf(policy: PolicyJson, tool: ToolSchema): Verdict {
    const { principal } = policy;
    const isForOthers = principal.op === 'is' && principal.entity_type !== this.assumptions.principalType;
    const never = this.formulas.false;
    return isForOthers ? { matches: never, fails: never } : policyVerdict(policy, this.calls(tool));
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
    if (formula === this.formulas.false) return false;
    const calls = this.calls(tool);
    const facts = calls.withFacts(formula);
    const kinds = spellings(facts, calls).map((spaced) => this.decided(facts, tool, spaced).kind);
    if (kinds.includes('possible')) return true;
    return kinds.includes('undecided') ? undefined : false;
  }

  /** A call that makes a formula true; the plainest one that is found. */
  find(formula: Formula, tool: ToolSchema): ProofAnswer {
    return this.search(formula, tool, plainestCall);
  }

  /** As {@link find}, any call: for what nobody is shown. */
  findAny(formula: Formula, tool: ToolSchema): ProofAnswer {
    return this.search(formula, tool, (_, model, calls, spaced) => callOfModel(model, calls, spaced));
  }

  private search(formula: Formula, tool: ToolSchema, callOf: typeof plainestCall): ProofAnswer {
    if (formula === this.formulas.false) return { kind: 'never' };
    const calls = this.calls(tool);
    const facts = calls.withFacts(formula);
    const answer = this.solve(facts, calls, (given, spaced) =>
      given === facts ? this.decided(facts, tool, spaced) : decide(given, calls.variables(spaced), this.theory),
    );
    if (answer.kind !== 'possible') return answer;
    const { beyondJson, model, spaced } = answer;
    const witness = beyondJson ? callOfModel(model, calls, spaced) : callOf(formula, model, calls, spaced);
    return { kind: 'possible', witness, beyondJson };
  }

  /** Values that make a formula over several calls of a tool true, with numbers that JSON carries if there are such. */
  solveOver(formula: Formula, tool: ToolSchema, variables: (spaced: boolean) => Variables): SolvedFormula {
    return this.solve(formula, this.calls(tool), (given, spaced) => decide(given, variables(spaced), this.theory));
  }

  private solve(
    formula: Formula,
    calls: CallSpace,
    decideOn: (formula: Formula, spaced: boolean) => Answer,
  ): SolvedFormula {
    let undecided: SolvedFormula | undefined;
    for (const spaced of spellings(formula, calls)) {
      const answer = decideOn(formula, spaced);
      if (answer.kind === 'undecided') undecided = answer;
      if (answer.kind !== 'possible') continue;
      const exact = isExact(answer.model) ? answer : decideOn(this.withExactNumbers(formula), spaced);
      const { model } = exact.kind === 'possible' ? exact : answer;
      return { kind: 'possible', model, spaced, beyondJson: exact.kind !== 'possible' };
    }
    return undecided ?? { kind: 'never' };
  }

  /** Asked once of all tools that take the same arguments: what a variable can be depends on these and on the callers alone. */
  private decided(facts: Formula, tool: ToolSchema, spaced: boolean): Answer {
    const answers = this.answers(tool, spaced);
    const known = answers.get(facts);
    if (known !== undefined) return known;
    const answer = decide(facts, this.calls(tool).variables(spaced), this.theory);
    answers.set(facts, answer);
    return answer;
  }

  private answers(tool: ToolSchema, spaced: boolean): Map<Formula, Answer> {
    const known = this.answersOf.get(tool) ?? this.sameInput(tool);
    this.answersOf.set(tool, known);
    return known[spaced ? 1 : 0];
  }

  private sameInput({ input }: ToolSchema): [Map<Formula, Answer>, Map<Formula, Answer>] {
    const key = inputKey(input);
    const known = this.answersByInput.get(key) ?? [new Map(), new Map()];
    this.answersByInput.set(key, known);
    return known;
  }

  private withExactNumbers(formula: Formula): Formula {
    const { formulas } = this;
    const names = new Set(atomsOf(formula).flatMap((atom) => ('linear' in atom ? variablesOf(atom) : [])));
    const bounds = [...names]
      .filter((name) => !isQuotient(name))
      .flatMap((name) => [
        atMost(formulas, constant(-EXACT), variable(name)),
        atMost(formulas, variable(name), constant(EXACT)),
      ]);
    return formulas.and(formula, ...bounds);
  }
}

/** Equal for arguments of the same types. */
function inputKey(input: ToolSchema['input']): string {
  return JSON.stringify(input, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}

/** Nobody has seen whether the platform writes arrays with spaces: a proof holds for both. */
function spellings(formula: Formula, calls: CallSpace): boolean[] {
  return calls.dependsOnSpacing(formula) ? [false, true] : [false];
}
