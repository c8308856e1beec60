import type { Diagnostic } from '../../../diagnostics/diagnostic';
import type { GeneratedSchema } from '../../schema/schema';
import type { StaticTruth } from '../truth/static-truth';
import type { CedarFinding } from '../view/cedar-findings';
import type { PolicyView } from '../view/policy-view';
import type { ValidationInput } from '../view/validation-input';

/** What lints may look at. */
export interface LintContext {
  readonly input: ValidationInput;
  /** ARN that statements are bound to. */
  readonly gatewayArn: string;
  readonly schema: GeneratedSchema;
  readonly policies: readonly PolicyView[];
  /** What policies match for all claims and arguments. */
  readonly truth: StaticTruth;
}

/** One check. Each part is optional; all findings of all lints are reported. */
export interface Lint {
  /** Says a complaint of Cedar's validator in the words of the platform, or leaves it to the next lint. */
  readonly explain?: (finding: CedarFinding, policy: PolicyView, context: LintContext) => Diagnostic | undefined;
  /** Looks at one policy. */
  readonly policy?: (policy: PolicyView, context: LintContext) => readonly Diagnostic[];
  /** Looks at the set as a whole. */
  readonly set?: (context: LintContext) => readonly Diagnostic[];
}
