import type { IConstruct } from 'constructs';
import type { BaselineSources } from '../../policy/source/source';
import type { BaselineRules } from './baseline-rules';

/** A baseline and the scope that it was added to. */
export interface AddedBaseline {
  readonly scope: IConstruct;
  readonly rules: BaselineRules;
}

/** Policies and invariants of a baseline, and classes that they name whether a tool has them or not. */
export interface BroughtPolicies extends BaselineSources {
  readonly toolClasses: readonly string[];
}

/** The package of a platform team may bring its own copy of this library: both copies have to see what either added. */
const BASELINES = Symbol.for('governed-gateway.baselines');

interface Scope extends IConstruct {
  readonly [BASELINES]?: BaselineRules[];
}

/** Remembers a baseline at its scope. */
export function addBaseline(scope: Scope, rules: BaselineRules): void {
  if (scope[BASELINES] === undefined) Object.defineProperty(scope, BASELINES, { value: [] });
  scope[BASELINES]?.push(rules);
}

/** The baselines that a construct is under, from the app downwards. */
export function baselinesAbove(construct: IConstruct): AddedBaseline[] {
  return construct.node.scopes.flatMap((scope: Scope) => (scope[BASELINES] ?? []).map((rules) => ({ scope, rules })));
}

/** What a baseline brings to the policies of a gateway. */
export function broughtPolicies({ rules }: AddedBaseline): BroughtPolicies {
  const { name, policies = [], invariants = [], toolClasses = [] } = rules;
  return { name, policies, invariants, toolClasses };
}
