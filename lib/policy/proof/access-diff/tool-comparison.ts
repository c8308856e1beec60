import { PROOF_ARGUMENT } from '../../../contract/interceptor-proof';
import { authorize } from '../../decision/authorize';
import { explain } from '../../decision/explain';
import type { ToolCall } from '../../decision/model';
import type { ToolSchema } from '../../schema/schema-json';
import { attack, type ConfirmedAnswer, confirmed } from '../confirmed';
import { findPair } from '../dependence/call-pair';
import { partsOf, valueOfPart } from '../dependence/call-part';
import type { Formula } from '../formula/formula';
import { seenByInterceptor } from '../interceptor-calls';
import type { Witness } from '../witness/witness';
import type { AccessDecider, AccessExample } from './access-change';
import { filledArguments, type PreparedGateway, type SharedDecisions } from './compared-gateway';
import { type SharedTool, sharedTool } from './shared-calls';

/** The calls of one tool that a gateway allows and another one does not. */
export class ToolComparison {
  /** The tool as the prover knows it. */
  readonly tool: ToolSchema;
  /** Such calls. */
  readonly formula: Formula;
  /** The tool in both gateways; undefined where the other one has no such tool, or no such callers. */
  private readonly shared: SharedTool | undefined;
  /** Calls that callers can make. */
  private readonly seen: Formula;

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
    this.seen = seenByInterceptor(formulas, this.tool);
    const others =
      this.shared === undefined
        ? formulas.false
        : formulas.and(this.shared.fits(formulas), decisions.other.of(this.tool).allowed);
    this.formula = formulas.and(decisions.own.of(this.tool).allowed, this.seen, formulas.not(others));
  }

  /** Whether the other gateway has the tool, with the same arguments and callers. */
  get otherHas(): 'nothing' | 'other arguments' | 'the same' {
    if (this.shared === undefined) return 'nothing';
    return this.shared.isSame ? 'the same' : 'other arguments';
  }

  /**
   * A call among those of a formula that only this gateway allows. Both gateways decide it before it counts.
   * @param isShown whether it is to be plain
   */
  find(among: Formula, isShown: boolean): ConfirmedAnswer<Witness> {
    const { prover } = this.decisions;
    return confirmed(prover, {
      tool: this.tool,
      formula: prover.formulas.and(this.formula, among),
      isShown,
      confirm: (witness) => (this.differs(witness.call) ? witness : undefined),
      doubt: 'types of its arguments changed',
    });
  }

  /** On which claims and arguments it depends whether a call is among those of a formula, each with two calls that differ in nothing else. */
  deciders(among: Formula): AccessDecider[] {
    const { prover } = this.decisions;
    const { formulas } = prover;
    const [first, second] = [formulas.and(this.formula, among), formulas.and(this.seen, formulas.not(this.formula))];
    const filled = new Set([...filledArguments(this.first, this.name), ...filledArguments(this.second, this.name)]);
    const calls = prover.calls(this.tool);
    return partsOf(first, calls).flatMap((part): AccessDecider[] => {
      if (part.kind === 'argument' && part.name === PROOF_ARGUMENT) return [];
      const answer = findPair(prover, { tool: this.tool, part, first, second });
      if (answer.kind === 'never') return [];
      const isOfCaller = part.kind === 'argument' ? filled.has(part.name) : part.kind !== 'time';
      const decider = { part, isOfCaller, tools: [this.name] };
      if (answer.kind === 'undecided') return [decider];
      const { pair } = answer;
      if (!this.differs(pair.first.call) || this.differs(pair.second.call)) return [decider];
      const examples = { affected: valueOfPart(part, pair.first), unaffected: valueOfPart(part, pair.second) };
      return [{ ...decider, examples }];
    });
  }

  /** Whether every call of the tool is one of these. */
  get isEveryCall(): boolean {
    const { prover } = this.decisions;
    const { formulas } = prover;
    return prover.isPossible(formulas.and(this.seen, formulas.not(this.formula)), this.tool) === false;
  }

  /** Tries calls where only this gateway should allow none. */
  attack(): void {
    const { prover, own, other } = this.decisions;
    attack(prover, {
      tool: this.tool,
      near: prover.formulas.or(own.of(this.tool).allowed, other.of(this.tool).allowed),
      contradicts: ({ call }) => this.differs(call),
      claim: 'no access was to change',
    });
  }

  private differs(call: ToolCall): boolean {
    const { shared, first, second } = this;
    if (authorize(first.set, shared?.own(call) ?? call).outcome !== 'ALLOW') return false;
    return shared === undefined || authorize(second.set, shared.other(call)).outcome !== 'ALLOW';
  }

  /** A call as both gateways decide it. */
  exampleOf(witness: Witness): AccessExample {
    const { shared, first, second } = this;
    const { call } = witness;
    const own = explain(first.set, shared?.own(call) ?? call);
    return shared === undefined ? { witness, own } : { witness, own, other: explain(second.set, shared.other(call)) };
  }
}
