import { quote } from '../../contract/cedar-string';
import type { PolicyStatement } from './policy-statement';

/**
 * A sentence that has to hold for every call there can be, with the statement that says it in Cedar. It is proved at synth and never deployed.
 *
 * @example
 * Invariant.of('nobody outside finance runs the risk model', forbid({
 *   actions: [gateway.target('underwriting').tool('invoke_risk_model')],
 *   unless: claim('department').equals('finance'),
 * }));
 */
export class Invariant {
  /**
   * @param sentence what the invariant says, for reports
   * @param statement a `forbid` of calls that must never be allowed, or a `permit` of calls that always must
   */
  static of(sentence: string, statement: PolicyStatement): Invariant {
    return new Invariant(sentence, statement);
  }

  private constructor(
    readonly sentence: string,
    private readonly statement: PolicyStatement,
  ) {}

  /** The invariant as Cedar text. Throws a GovernanceError for conditions that do not fit the tools. */
  toCedar(): string {
    return `@invariant(${quote(this.sentence)})\n${this.statement.toCedar()}`;
  }
}
