import type { DesiredPolicy } from '../../../contract/policy-set-document';
import { type PolicySet, preparePoliciesOver } from '../../decision/policy-set';
import type { ToolSchema } from '../../schema/schema-json';
import type { Formula } from '../formula/formula';
import type { Prover } from '../prover';
import type { PreparedGateway } from './compared-gateway';

/** Access that is meant to be gained, as permits describe it. */
export class Allowances {
  private readonly set: PolicySet;
  private readonly used = new Set<string>();

  constructor(permits: readonly DesiredPolicy[], { set }: PreparedGateway) {
    this.set = preparePoliciesOver(set, permits);
  }

  /** Calls of a tool that are meant, and whether each permit says something about what is gained. */
  of(tool: ToolSchema, gained: Formula, prover: Prover): Formula {
    const { formulas } = prover;
    const regions = this.set.candidates(tool).map(({ policy, json }) => {
      const { matches } = prover.verdict(json, tool);
      if (prover.isPossible(formulas.and(gained, matches), tool) !== false) this.used.add(policy.id);
      return matches;
    });
    return formulas.or(...regions);
  }

  /** Ids of the permits that cover nothing that was gained. */
  get unused(): string[] {
    return [...this.set.policies.keys()].filter((id) => !this.used.has(id)).sort();
  }
}
