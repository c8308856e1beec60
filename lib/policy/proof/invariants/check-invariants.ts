import { OAUTH_USER, type Principal } from '../../../contract/claims';
import { PROOF_ARGUMENT, PROOF_PLACEHOLDER } from '../../../contract/interceptor-proof';
import type { DeclaredInvariant } from '../../../contract/invariant';
import type { DeclaredClaim } from '../../../contract/manifest';
import { authorize } from '../../decision/authorize';
import type { Decision } from '../../decision/model';
import type { PolicySet } from '../../decision/policy-set';
import { coversTool } from '../../decision/scope';
import type { ToolSchema } from '../../schema/schema-json';
import { attack, confirmed } from '../confirmed';
import { seenByInterceptor } from '../interceptor-calls';
import { Prover } from '../prover';
import { SetDecisions } from '../set-decisions';
import type { Witness } from '../witness/witness';
import { describedCalls } from './described-calls';

/** Invariants, and the gateway that they are asked of. */
export interface InvariantInput {
  readonly invariants: readonly DeclaredInvariant[];
  readonly set: PolicySet;
  /** Entity type of the gateway's callers. @default AgentCore::OAuthUser */
  readonly principalType?: Principal['type'];
  /** Claims that tokens carry. @default - nobody can know, and every text is possible */
  readonly claims?: readonly DeclaredClaim[] | undefined;
  /** Whether proofs are attacked with calls that `authorize` decides. Costs some 50 ms for a tool. @default false */
  readonly attack?: boolean;
}

/** A prover for the calls of a gateway's callers. */
export function proverOf({ set, claims, principalType = OAUTH_USER }: InvariantInput): Prover {
  return new Prover({ gatewayArn: set.gatewayArn, principalType, claims });
}

/** A call that breaks an invariant, as `authorize` decides it. */
export interface Counterexample {
  readonly witness: Witness;
  readonly decision: Decision;
}

/** The outcome of an invariant. */
export type InvariantVerdict =
  /** Holds for every call of these tools. */
  | { readonly kind: 'proved'; readonly tools: readonly string[] }
  | { readonly kind: 'broken'; readonly tools: readonly string[]; readonly counterexample: Counterexample }
  | { readonly kind: 'undecided'; readonly tools: readonly string[]; readonly reason: string }
  /** No call is described. */
  | { readonly kind: 'vacuous' };

export interface CheckedInvariant {
  readonly invariant: DeclaredInvariant;
  readonly verdict: InvariantVerdict;
}

/**
 * Whether invariants hold for every call that callers of the gateway can make. A counterexample is decided by `authorize` before it is shown. Throws
 * an Error for a proof that an attack contradicts: the library is wrong then. Invariants that Cedar cannot parse are left out: they are findings of
 * validation.
 */
export function checkInvariants(input: InvariantInput): CheckedInvariant[] {
  const prover = proverOf(input);
  const decisions = new SetDecisions(input.set, prover);
  return input.invariants.map((invariant) => ({
    invariant,
    verdict: new Question(invariant, input, prover, decisions).verdict(),
  }));
}

type ToolVerdict =
  | { readonly kind: 'proved' | 'undescribed' }
  /** Without a counterexample where that of another tool is shown, and all of the formula was encoded. */
  | { readonly kind: 'broken'; readonly counterexample: Counterexample | undefined }
  | { readonly kind: 'undecided'; readonly reason: string };

/** One invariant, asked of every tool that it names. */
class Question {
  /** The calls that the invariant describes, as a set that permits just these. */
  private readonly described: PolicySet;

  constructor(
    private readonly invariant: DeclaredInvariant,
    private readonly input: InvariantInput,
    private readonly prover: Prover,
    private readonly decisions: SetDecisions,
  ) {
    this.described = describedCalls(invariant, input.set);
  }

  verdict(): InvariantVerdict {
    const [prepared] = [...this.described.policies.values()];
    if (prepared === undefined) return { kind: 'vacuous' };
    const tools = [...this.input.set.schema.tools.values()].filter((tool) => coversTool(prepared.json, tool));
    let isShown = true;
    const asked = tools.map((tool) => {
      const verdict = this.askedOf(tool, isShown);
      // The counterexample of one tool is shown; of the others it only counts that there is one.
      isShown &&= verdict.kind !== 'broken';
      return { tool: tool.action, verdict };
    });
    const described = asked.filter(({ verdict }) => verdict.kind !== 'undescribed');
    if (described.length === 0) return { kind: 'vacuous' };
    const broken = described.filter(({ verdict }) => verdict.kind === 'broken');
    const undecided = described.filter(({ verdict }) => verdict.kind === 'undecided');
    const [first] = [...broken, ...undecided];
    const named = (some: readonly { tool: string }[]): string[] => some.map(({ tool }) => tool).sort();
    if (first?.verdict.kind === 'broken') {
      const { counterexample } = first.verdict;
      if (counterexample === undefined) throw new Error('a broken invariant without a call that was decided');
      return { kind: 'broken', counterexample, tools: named(broken) };
    }
    if (first?.verdict.kind === 'undecided') return { ...first.verdict, tools: named(undecided) };
    return { kind: 'proved', tools: named(described) };
  }

  private askedOf(tool: ToolSchema, isShown: boolean): ToolVerdict {
    const { prover, described } = this;
    const { formulas } = prover;
    const [region] = described.candidates(tool).map(({ json }) => prover.verdict(json, tool).matches);
    if (region === undefined || prover.isPossible(region, tool) === false) return { kind: 'undescribed' };
    const { allowed } = this.decisions.of(tool);
    const mustBeAllowed = this.invariant.effect === 'permit';
    const wrong = mustBeAllowed ? formulas.and(formulas.not(allowed), seenByInterceptor(formulas, tool)) : allowed;
    const broken = formulas.and(region, wrong);
    const isReplayed = isShown || prover.calls(tool).opaque.size > 0;
    const confirm = (witness: Witness): { counterexample: Counterexample | undefined } | undefined => {
      if (!isReplayed) return { counterexample: undefined };
      const counterexample = this.breaking(witness, tool);
      return counterexample && { counterexample };
    };
    const doubt = 'a call was found that is decided otherwise';
    const answer = confirmed(prover, { tool, formula: broken, isShown, confirm, doubt });
    if (answer.kind === 'undecided') return answer;
    if (answer.kind === 'found') return { kind: 'broken', ...answer.found };
    if (this.input.attack === true) {
      attack(prover, {
        tool,
        near: formulas.or(region, allowed),
        contradicts: (witness) => this.breaking(witness, tool) !== undefined,
        claim: `\`${this.invariant.sentence}\` was proved`,
      });
    }
    return { kind: 'proved' };
  }

  /** A call that breaks the invariant, as it is decided; undefined for any other call. */
  private breaking(witness: Witness, tool: ToolSchema): Counterexample | undefined {
    const { call } = witness;
    const mustBeAllowed = this.invariant.effect === 'permit';
    const isUnseen = tool.input.attributes.has(PROOF_ARGUMENT) && call.input[PROOF_ARGUMENT] !== PROOF_PLACEHOLDER;
    if (mustBeAllowed && isUnseen) return undefined;
    if (authorize(this.described, call).outcome !== 'ALLOW') return undefined;
    const decision = authorize(this.input.set, call);
    return (decision.outcome === 'ALLOW') === mustBeAllowed ? undefined : { witness, decision };
  }
}
