import { authorize } from '../../decision/authorize';
import { type Explanation, explain } from '../../decision/explain';
import type { ToolCall } from '../../decision/model';
import type { ToolSchema } from '../../schema/schema-json';
import type { Formula } from '../formula/formula';
import { seenByInterceptor } from '../interceptor-calls';
import { attackingCalls } from '../witness/attacking-calls';
import type { Witness } from '../witness/witness';
import type { PreparedGateway, SharedDecisions } from './compared-gateway';
import { type SharedTool, sharedTool } from './shared-calls';

/** A call that one gateway allows and the other does not, as both decide it. */
export interface AccessExample {
  readonly witness: Witness;
  readonly own: Explanation;
  /** Undefined where the other gateway has no such tool, or no such callers. */
  readonly other?: Explanation;
}

/** Whether some call is allowed by one gateway only, and which. */
export type AccessAnswer =
  | { readonly kind: 'never' }
  | { readonly kind: 'possible'; readonly example: AccessExample }
  | { readonly kind: 'undecided'; readonly reason: string };

/** The calls of one tool that a gateway allows and another one does not. */
export class ToolComparison {
  /** The tool as the prover knows it. */
  readonly tool: ToolSchema;
  /** Such calls. */
  readonly formula: Formula;
  /** The tool in both gateways; undefined where the other one has no such tool, or no such callers. */
  private readonly shared: SharedTool | undefined;

  constructor(
    readonly name: string,
    private readonly first: PreparedGateway,
    private readonly second: PreparedGateway,
    private readonly decisions: SharedDecisions,
  ) {
    const own = first.set.schema.tools.get(name);
    if (own === undefined) throw new Error(`no tool ${name}`);
    const isSameCaller = first.gateway.principalType === second.gateway.principalType;
    const isOpen = isSameCaller && !second.set.schema.denied.has(name);
    this.shared = isOpen ? sharedTool(first, second, name) : undefined;
    this.tool = this.shared?.tool ?? own;
    const { formulas } = decisions.prover;
    const allowed = formulas.and(decisions.own.of(this.tool).allowed, seenByInterceptor(formulas, this.tool));
    const others =
      this.shared === undefined
        ? formulas.false
        : formulas.and(this.shared.fits(formulas), decisions.other.of(this.tool).allowed);
    this.formula = formulas.and(allowed, formulas.not(others));
  }

  /** Whether the other gateway has the tool, with the same arguments and callers. */
  get otherHas(): 'nothing' | 'other arguments' | 'the same' {
    if (this.shared === undefined) return 'nothing';
    return this.shared.isSame ? 'the same' : 'other arguments';
  }

  /** A call among those of a formula that only this gateway allows. Both gateways decide it before it counts. */
  find(among: Formula): AccessAnswer {
    const { prover } = this.decisions;
    const answer = prover.find(prover.formulas.and(this.formula, among), this.tool);
    if (answer.kind !== 'possible') return answer;
    if (answer.beyondJson)
      return { kind: 'undecided', reason: 'it depends on numbers beyond 2^53, which JSON does not carry exactly' };
    const { call } = answer.witness;
    if (this.differs(call)) return { kind: 'possible', example: this.exampleOf(answer.witness) };
    const [opaque] = prover.calls(this.tool).opaque.values();
    return {
      kind: 'undecided',
      reason: opaque === undefined ? 'types of its arguments changed' : `it rests on ${opaque}`,
    };
  }

  /** Whether every call of the tool is one of these. */
  get isEveryCall(): boolean {
    const { prover } = this.decisions;
    const seen = seenByInterceptor(prover.formulas, this.tool);
    return prover.isPossible(prover.formulas.and(seen, prover.formulas.not(this.formula)), this.tool) === false;
  }

  /** Throws an Error for a call that only this gateway allows, where there should be none: the library is wrong then. */
  attack(): void {
    const { prover, own, other } = this.decisions;
    const near = prover.formulas.or(own.of(this.tool).allowed, other.of(this.tool).allowed);
    for (const { call } of attackingCalls(near, prover.calls(this.tool))) {
      if (this.differs(call)) throw new Error(`no access was to change, and this call does: ${JSON.stringify(call)}`);
    }
  }

  private differs(call: ToolCall): boolean {
    const { shared, first, second } = this;
    if (authorize(first.set, shared?.own(call) ?? call).outcome !== 'ALLOW') return false;
    return shared === undefined || authorize(second.set, shared.other(call)).outcome !== 'ALLOW';
  }

  private exampleOf(witness: Witness): AccessExample {
    const { shared, first, second } = this;
    const { call } = witness;
    const own = explain(first.set, shared?.own(call) ?? call);
    return shared === undefined ? { witness, own } : { witness, own, other: explain(second.set, shared.other(call)) };
  }
}
