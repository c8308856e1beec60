import type { IConstruct } from 'constructs';
import { GovernanceError } from '../../diagnostics/governance-error';
import { reportAtSynth } from '../findings/synth-findings';
import { addBaseline } from './added-baselines';
import type { BaselineRules } from './baseline-rules';
import { ungovernedGateways } from './ungoverned-gateways';

/** As policies' ids begin with it. */
const NAME = /^[A-Za-z][A-Za-z0-9-]{0,47}$/;

/**
 * What a platform team puts onto every governed gateway below a scope, and no app team can weaken: policies, invariants, and what a gateway must
 * have. It does not matter whether it is added before or after the gateways. Baselines of nested scopes add up.
 *
 * @example
 * GovernanceBaseline.of(app).add({
 *   name: 'acme',
 *   policies: [
 *     PolicySource.fromInline(
 *       '@id("nobody-destroys") forbid(principal, action in AgentCore::Action::"class:destructive", resource == ?resource);',
 *     ),
 *   ],
 *   enforceIn: ['prod'],
 *   requiredSteps: [RequiredStep.AUDIT],
 * });
 */
export class GovernanceBaseline {
  /** The baselines of a scope: an app, a stage, a stack or any construct. */
  static of(scope: IConstruct): GovernanceBaseline {
    return new GovernanceBaseline(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Adds a baseline.
   *
   * Throws a GovernanceError for a name that ids of policies cannot begin with.
   */
  add(rules: BaselineRules): void {
    if (!NAME.test(rules.name)) throw GovernanceError.of('BASELINE_NAME_INVALID', { name: rules.name });
    addBaseline(this.scope, rules);
    reportAtSynth(this.scope, () => ungovernedGateways(this.scope, rules.name));
  }
}
