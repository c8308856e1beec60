import type { PolicySet, PreparedPolicy } from '../../decision/policy-set';
import { coversTool } from '../../decision/scope';
import type { ToolSchema } from '../../schema/schema-json';
import type { Formula } from '../formula/formula';
import type { Prover } from '../prover';

/** A policy that decides otherwise than before. Policies that only log decide nothing, and count as absent. */
export interface PolicyChange {
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: PreparedPolicy;
  readonly after?: PreparedPolicy;
}

/** Policies whose statement is not the same in two sets, by id. */
export function policyChanges(before: PolicySet, after: PolicySet): PolicyChange[] {
  const ids = [...new Set([...before.policies.keys(), ...after.policies.keys()])].sort();
  return ids.flatMap((id): PolicyChange[] => {
    const [old, current] = [activeIn(before, id), activeIn(after, id)];
    if (old?.text === current?.text) return [];
    if (old === undefined) return current === undefined ? [] : [{ id, kind: 'added', after: current }];
    if (current === undefined) return [{ id, kind: 'removed', before: old }];
    return [{ id, kind: 'changed', before: old, after: current }];
  });
}

function activeIn({ policies }: PolicySet, id: string): PreparedPolicy | undefined {
  const found = policies.get(id);
  return found?.policy.enforcementMode === 'ACTIVE' ? found : undefined;
}

/**
 * Calls that one version of a policy can open and the other does not: its permit matches them, or the other's forbid or failure stops them. A call
 * that one set allows and another does not is among those of some change, unless the tools differ.
 */
export function opening(
  one: PreparedPolicy | undefined,
  other: PreparedPolicy | undefined,
  tool: ToolSchema,
  prover: Prover,
): Formula {
  const { formulas } = prover;
  const [open, closed] = [of(one, tool, prover), of(other, tool, prover)];
  return formulas.or(
    formulas.and(open.permits, formulas.not(closed.permits)),
    formulas.and(closed.forbids, formulas.not(open.forbids)),
    formulas.and(closed.fails, formulas.not(open.fails)),
  );
}

function of(policy: PreparedPolicy | undefined, tool: ToolSchema, prover: Prover) {
  const none = prover.formulas.false;
  if (policy === undefined || !coversTool(policy.json, tool)) return { permits: none, forbids: none, fails: none };
  const { matches, fails } = prover.verdict(policy.json, tool);
  const isPermit = policy.json.effect === 'permit';
  return { permits: isPermit ? matches : none, forbids: isPermit ? none : matches, fails };
}
