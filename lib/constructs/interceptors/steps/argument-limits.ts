import type { Construct } from 'constructs';
import { EVERY_TOOL } from '../../../contract/steps/selectors';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { patternFlaw } from '../check-pattern';
import { checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';

/** What happens to arguments that a tool's schema does not declare. */
export enum UnknownArguments {
  /** The call is denied. */
  DENY = 'deny',
  /** The arguments are left out. */
  DROP = 'drop',
  /** The arguments stay; the policy decision may still deny them. */
  ALLOW = 'allow',
}

/**
 * What one argument may look like. A rule that does not fit the argument's type, such as a range for a string, fails. An absent argument, or a null,
 * never fails: whether an argument is required is checked by `Steps.inputCheck`, from the tool's schema.
 */
export interface ArgumentRuleOptions {
  /**
   * Maximum number of characters of a string, or of elements of a list.
   *
   * @default - no limit
   */
  readonly maxLength?: number;
  /**
   * ECMAScript regular expression, matched against the whole text in linear time: it may not look around or refer back to a group.
   *
   * @default - any text
   */
  readonly pattern?: string;
  /** @default - no limit */
  readonly minimum?: number;
  /** @default - no limit */
  readonly maximum?: number;
  /**
   * Allowed values.
   *
   * @default - any
   */
  readonly oneOf?: string[];
}

export interface ArgumentLimitsOptions {
  /**
   * Full names (`target___tool`), or names of targets for all of their tools.
   *
   * @default - every tool
   */
  readonly tools?: string[];
  /**
   * Maximum size of all arguments of a call, in UTF-8 bytes.
   *
   * @default - no limit but the service's 6 MB
   */
  readonly maxBytes?: number;
  /**
   * Maximum nesting of objects and lists; the arguments themselves count as 1.
   *
   * @default - 64, the service's limit
   */
  readonly maxDepth?: number;
  /**
   * Maximum number of characters of any string.
   *
   * @default - no limit
   */
  readonly maxStringLength?: number;
  /**
   * Maximum number of elements of any list, and of members of any object.
   *
   * @default - no limit
   */
  readonly maxItems?: number;
  /** @default UnknownArguments.DENY */
  readonly unknownArguments?: UnknownArguments;
  /**
   * Rules by the name of the argument.
   *
   * @default - none
   */
  readonly arguments?: { readonly [name: string]: ArgumentRuleOptions };
}

/** Limits what a client may send. */
export class ArgumentLimitsStep extends InterceptorStep {
  constructor(private readonly options: ArgumentLimitsOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint): StepBinding | undefined {
    if (point === 'RESPONSE') return undefined;
    const { tools = [EVERY_TOOL], unknownArguments = UnknownArguments.DENY, ...limits } = this.options;
    return {
      usesSchemas: true,
      config: () => ({ step: 'argument-limits', limits: [{ tools, unknownArguments, ...limits }] }),
    };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const findings = checkToolSelectors('argument-limits', this.options.tools ?? [], context);
    for (const [name, { pattern }] of Object.entries(this.options.arguments ?? {})) {
      const reason = pattern === undefined ? undefined : patternFlaw(pattern);
      if (pattern !== undefined && reason !== undefined) {
        findings.push(diagnostic('INTERCEPTOR_PATTERN', { name, pattern, reason }));
      }
    }
    return findings;
  }
}
