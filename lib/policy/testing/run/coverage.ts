import { InputError } from '../../../contract/arguments/cedar-input';
import type { Location } from '../../../diagnostics/diagnostic';
import { CedarFailure, type CedarRequest } from '../../cedar/cedar';
import { cedarRequest } from '../../decision/cedar-request';
import { evaluateConditions, type PolicyEvaluation } from '../../decision/evaluate-conditions';
import type { ToolCall } from '../../decision/model';
import type { PolicySet, PreparedPolicy } from '../../decision/policy-set';
import { GUARD_ORIGIN } from '../../guards/guard';
import type { ToolSchema } from '../../schema/schema-json';
import { statementShape } from '../../text/conditions';
import { locateInPolicy } from '../../text/statement-text';
import type { DecidedCall } from './verification-backend';

/** A condition and the values that the tests saw it take. */
export interface ConditionCoverage {
  /** As written. */
  readonly text: string;
  readonly seenTrue: boolean;
  readonly seenFalse: boolean;
  readonly location: Location;
}

export interface PolicyCoverage {
  readonly policy: string;
  /** Whether a call was within the policy's scope. */
  readonly reached: boolean;
  /** Whether scope and conditions held for a call. */
  readonly applied: boolean;
  readonly conditions: readonly ConditionCoverage[];
  /** What the tests saw of what there is to see: that the policy applies, and each condition true and false. */
  readonly points: CoveragePoints;
  readonly location: Location;
}

export interface CoveragePoints {
  readonly seen: number;
  readonly total: number;
}

export interface CoverageReport {
  readonly policies: readonly PolicyCoverage[];
  readonly points: CoveragePoints;
  /** Percent of the points; 100 for a set without policies. */
  readonly percent: number;
}

/**
 * What the calls saw of the policies' conditions. A condition counts where Cedar evaluates it: the scope holds and nothing
 * before it decided already. The guards that the library adds are not counted: their tests are the library's.
 */
export function measureCoverage(set: PolicySet, calls: readonly DecidedCall[]): CoverageReport {
  const written = [...set.policies.values()].filter(
    ({ policy }) => policy.origin.file !== GUARD_ORIGIN && policy.baseline === undefined,
  );
  const counters = new Map(written.map((policy) => [policy.policy.id, new Counter(policy)]));
  for (const call of calls) {
    const tool = set.schema.tools.get(call.tool);
    const request = tool && requestOf(set, tool, call);
    if (tool === undefined || request === undefined) continue;
    for (const candidate of set.candidates(tool)) {
      const { id } = candidate.policy;
      if (call.alone?.includes(id) === false) continue;
      counters.get(id)?.count(evaluateConditions(candidate, request));
    }
  }
  const policies = [...counters.values()].map((counter) => counter.report(set.gatewayArn));
  const seen = policies.reduce((sum, { points }) => sum + points.seen, 0);
  const total = policies.reduce((sum, { points }) => sum + points.total, 0);
  return { policies, points: { seen, total }, percent: total === 0 ? 100 : (100 * seen) / total };
}

/** Undefined when no request can be built from the arguments, so that no policy is evaluated. */
function requestOf(set: PolicySet, tool: ToolSchema, call: ToolCall): CedarRequest | undefined {
  try {
    return cedarRequest(set, tool, call);
  } catch (error) {
    if (error instanceof InputError || error instanceof CedarFailure) return undefined;
    throw error;
  }
}

/** Counts what calls see of one policy. */
class Counter {
  private reached = false;
  private applied = false;
  private readonly isTrue = new Set<number>();
  private readonly isFalse = new Set<number>();

  constructor(private readonly policy: PreparedPolicy) {}

  count({ outcome, conditions }: PolicyEvaluation): void {
    if (outcome === 'scope') return;
    this.reached = true;
    if (outcome === 'matched') this.applied = true;
    for (const { condition, value } of conditions) {
      if (value === 'true') this.isTrue.add(condition.index);
      if (value === 'false') this.isFalse.add(condition.index);
    }
  }

  report(gatewayArn: string): PolicyCoverage {
    const { policy, text } = this.policy;
    const conditions = statementShape(text).conditions.map((condition) => ({
      text: condition.text,
      seenTrue: this.isTrue.has(condition.index),
      seenFalse: this.isFalse.has(condition.index),
      location: locateInPolicy(policy, gatewayArn, condition.start, condition.end),
    }));
    const marks = [this.applied, ...conditions.flatMap((condition) => [condition.seenTrue, condition.seenFalse])];
    return {
      policy: policy.id,
      reached: this.reached,
      applied: this.applied,
      conditions,
      points: { seen: marks.filter(Boolean).length, total: marks.length },
      location: locateInPolicy(policy, gatewayArn, 0, policy.effect.length),
    };
  }
}
