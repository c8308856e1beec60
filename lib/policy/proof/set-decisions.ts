import type { PolicySet } from '../decision/policy-set';
import type { ToolSchema } from '../schema/schema-json';
import { activePolicies } from './encode/active-policies';
import type { Prover, SetVerdict } from './prover';

/** What the ACTIVE policies of a set decide, tool by tool. Each tool is looked at once, whatever is asked about it. */
export class SetDecisions {
  private readonly known = new Map<ToolSchema, SetVerdict>();

  constructor(
    private readonly set: PolicySet,
    private readonly prover: Prover,
  ) {}

  /** @param tool as the prover knows its calls; policies are chosen by its names */
  of(tool: ToolSchema): SetVerdict {
    const known = this.known.get(tool);
    if (known !== undefined) return known;
    const verdict = this.decided(tool);
    this.known.set(tool, verdict);
    return verdict;
  }

  private decided(tool: ToolSchema): SetVerdict {
    const verdict = this.prover.decision(activePolicies(this.set, tool), tool);
    // No permit reaches a tool that is excluded, or whose arguments have no type.
    return this.set.schema.denied.has(tool.action) ? { ...verdict, allowed: this.prover.formulas.false } : verdict;
  }
}
