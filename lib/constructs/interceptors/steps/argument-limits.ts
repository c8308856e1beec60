import type { Construct } from 'constructs';
import { EVERY_TOOL } from '../../../contract/interceptor-selectors';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepSurroundings } from '../interceptor-step';

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
 * What one argument may look like. A rule that does not fit the argument's type, such as a range for a text, is broken. None is broken by an
 * argument that is absent, or null, which means the same: whether it may be is what `Steps.inputCheck` finds in the tool's schema.
 */
export interface ArgumentRuleOptions {
  /**
   * Characters of a text, or elements of a list.
   *
   * @default - no limit
   */
  readonly maxLength?: number;
  /**
   * ECMAScript regular expression, matched against the whole text.
   *
   * @default - any text
   */
  readonly pattern?: string;
  /** @default - no limit */
  readonly minimum?: number;
  /** @default - no limit */
  readonly maximum?: number;
  /**
   * The only texts allowed.
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
   * UTF-8 bytes of all arguments of a call.
   *
   * @default - no limit but the service's 6 MB
   */
  readonly maxBytes?: number;
  /**
   * Objects and lists in each other; the arguments themselves are 1.
   *
   * @default - 64, the service's limit
   */
  readonly maxDepth?: number;
  /**
   * Characters of any text.
   *
   * @default - no limit
   */
  readonly maxStringLength?: number;
  /**
   * Elements of any list, and members of any object.
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

/** Bounds what a client may send. */
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
  override _findings(surroundings: StepSurroundings): Diagnostic[] {
    const findings = checkToolSelectors('argument-limits', this.options.tools ?? [], surroundings);
    for (const [name, { pattern }] of Object.entries(this.options.arguments ?? {})) {
      if (pattern !== undefined && !isExpression(pattern)) {
        findings.push(diagnostic('INTERCEPTOR_PATTERN', { name, pattern }));
      }
    }
    return findings;
  }
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
