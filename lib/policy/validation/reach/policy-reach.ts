import { IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../../../contract/claims';
import { expressionsOf, operatorOf } from '../../cedar/expression';
import { coversPrincipalType } from '../../decision/scope';
import { formulaOf } from '../../logic/condition-formula';
import { type Cell, type Formula, isSatisfiable, not, signature } from '../../logic/formula';
import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';

export const PRINCIPAL_TYPES = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER] as const;

/** Steps of a question about one policy. Conditions of a size that people write take some hundred. */
const EFFORT = 20_000;

/** How much of a cell a policy matches. `some` is also what could not be decided. */
export type Extent = 'all' | 'some' | 'none';

/** What one policy matches, by tool and type of principal. */
export class PolicyReach {
  readonly formula: Formula;
  /** Whether evaluating the policy may fail although it is valid: numbers and times overflow. */
  readonly canErr: boolean;
  private readonly remembered = new Map<string, Extent>();

  constructor(
    readonly policy: PolicyView,
    private readonly gatewayArn: string,
  ) {
    this.formula = formulaOf(policy.json);
    this.canErr = [...expressionsOf(policy.json)].some((expression) => OVERFLOWING.has(operatorOf(expression)[0]));
  }

  extent(tool: ToolSchema, principalType: string): Extent {
    if (!coversPrincipalType(this.policy.json, principalType)) return 'none';
    const cell: Cell = { tool, principalType, gatewayArn: this.gatewayArn };
    const key = signature(this.formula, cell);
    const known = this.remembered.get(key) ?? this.extentIn(cell);
    this.remembered.set(key, known);
    return known;
  }

  private extentIn(cell: Cell): Extent {
    if (isSatisfiable(this.formula, cell, EFFORT) === false) return 'none';
    return !this.canErr && isSatisfiable(not(this.formula), cell, EFFORT) === false ? 'all' : 'some';
  }
}

const OVERFLOWING: ReadonlySet<string> = new Set('+ - * neg offset durationSince toDate toTime'.split(' '));
