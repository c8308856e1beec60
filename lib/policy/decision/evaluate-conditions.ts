import { authorizePrepared, type CedarRequest, type PreparedPolicies } from '../cedar/cedar';
import { type Condition, type ConditionTree, type StatementShape, statementShape } from '../text/conditions';
import type { PreparedPolicy } from './policy-set';

/** What a condition came to. `unreached`: the conditions before it decided. */
export type ConditionValue = 'true' | 'false' | 'error' | 'unreached';

export interface ConditionResult {
  readonly condition: Condition;
  readonly value: ConditionValue;
  /** Cedar's message, for an error. */
  readonly message?: string;
}

/** How one policy took one request. */
export interface PolicyEvaluation {
  /** `scope`: the principal or resource is another than the policy's. */
  readonly outcome: 'matched' | 'scope' | 'condition' | 'error';
  /** Every condition of the statement, in the order of the text. */
  readonly conditions: readonly ConditionResult[];
  /** Those that decided against the policy. */
  readonly failed: readonly ConditionResult[];
}

interface Probe {
  readonly shape: StatementShape;
  readonly policies: PreparedPolicies;
}

const probes = new WeakMap<PreparedPolicy, Probe>();

/** Asks Cedar for the value of each condition of a policy by itself, and puts them together as the statement does. */
export function evaluateConditions(policy: PreparedPolicy, request: CedarRequest): PolicyEvaluation {
  const { shape, policies } = probeOf(policy);
  const { diagnostics } = authorizePrepared(policies, request);
  const holds = new Set(diagnostics.reason);
  const errors = new Map(diagnostics.errors.map(({ policyId, error }) => [policyId, error.message]));
  if (!holds.has(SCOPE)) return { outcome: 'scope', conditions: shape.conditions.map(unreached), failed: [] };
  const evaluation = new Evaluation(holds, errors);
  const value = shape.tree === undefined ? 'true' : evaluation.value(shape.tree);
  const conditions = shape.conditions.map(
    (condition) => evaluation.reached.get(condition.index) ?? unreached(condition),
  );
  const blamed = shape.tree === undefined || value === 'true' ? [] : evaluation.blame(shape.tree, value);
  const outcome = value === 'true' ? 'matched' : value === 'error' ? 'error' : 'condition';
  return { outcome, conditions, failed: blamed };
}

const SCOPE = 'scope';

function probeOf(policy: PreparedPolicy): Probe {
  const known = probes.get(policy);
  if (known) return known;
  const shape = statementShape(policy.text);
  const statements: Record<string, string> = { [SCOPE]: shape.scope };
  for (const { index, text } of shape.conditions)
    statements[index] = `permit(principal, action, resource) when { ${text}\n};`;
  const probe = { shape, policies: { statements } };
  probes.set(policy, probe);
  return probe;
}

function unreached(condition: Condition): ConditionResult {
  return { condition, value: 'unreached' };
}

type Value = 'true' | 'false' | 'error';

/** Short circuits as Cedar has them. */
class Evaluation {
  readonly reached = new Map<number, ConditionResult>();

  constructor(
    private readonly holds: ReadonlySet<string>,
    private readonly errors: ReadonlyMap<string, string>,
  ) {}

  value(tree: ConditionTree): Value {
    switch (tree.kind) {
      case 'condition':
        return this.condition(tree);
      case 'not':
        return inverse(this.value(tree.part));
      case 'and':
      case 'or': {
        const goesOn = tree.kind === 'and' ? 'true' : 'false';
        for (const part of tree.parts) {
          const value = this.value(part);
          if (value !== goesOn) return value;
        }
        return goesOn;
      }
    }
  }

  /** The conditions to which a tree owes its value. */
  blame(tree: ConditionTree, value: Value): ConditionResult[] {
    switch (tree.kind) {
      case 'condition': {
        const result = this.reached.get(tree.index);
        return result?.value === value ? [result] : [];
      }
      case 'not':
        return this.blame(tree.part, inverse(value));
      case 'and':
      case 'or': {
        const decisive = value === 'error' || value === (tree.kind === 'and' ? 'false' : 'true');
        const first = decisive ? tree.parts.find((part) => this.value(part) === value) : undefined;
        const parts = first === undefined ? tree.parts : [first];
        return parts.flatMap((part) => this.blame(part, value));
      }
    }
  }

  private condition(condition: Condition): Value {
    const key = String(condition.index);
    const message = this.errors.get(key);
    const value = message !== undefined ? 'error' : this.holds.has(key) ? 'true' : 'false';
    this.reached.set(condition.index, message === undefined ? { condition, value } : { condition, value, message });
    return value;
  }
}

function inverse(value: Value): Value {
  return value === 'error' ? 'error' : value === 'true' ? 'false' : 'true';
}
