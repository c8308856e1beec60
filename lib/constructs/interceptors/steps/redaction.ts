import type { Construct } from 'constructs';
import { EVERY_TOOL } from '../../../contract/steps/selectors';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { checkCallers, checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';
import type { CallerSelector } from './caller-selector';

/** Personal data that can be recognized by its format. */
export enum PersonalData {
  EMAIL = 'email',
  PHONE = 'phone',
  PAYMENT_CARD = 'payment-card',
  IBAN = 'iban',
  US_SSN = 'us-ssn',
  IP_ADDRESS = 'ip-address',
  AWS_ACCESS_KEY = 'aws-access-key',
  BEARER_TOKEN = 'bearer-token',
}

/** What happens to content in which fields cannot be found, such as prose and images. */
export enum OpaqueContent {
  /** Callers who may not see the fields do not see the content. */
  WITHHOLD = 'withhold',
  KEEP = 'keep',
}

export interface FieldRedaction {
  /** Full names (`target___tool`), names of targets for all of their tools, or `*`. */
  readonly tools: string[];
  /** Paths such as `claims.ssn`. A path applies to every element of a list; `*` is any member, `**` any depth; case does not matter. */
  readonly paths: string[];
  /**
   * Callers who see the fields.
   *
   * @default - nobody
   */
  readonly visibleTo?: CallerSelector;
  /**
   * Text that replaces the field's value.
   *
   * @default - the field is removed
   */
  readonly replacement?: string;
}

export interface PatternRedaction {
  /**
   * Full names (`target___tool`), or names of targets for all of their tools.
   *
   * @default - every tool, prompt and resource
   */
  readonly tools?: string[];
  readonly kinds: PersonalData[];
  /**
   * Callers who see the data.
   *
   * @default - nobody
   */
  readonly visibleTo?: CallerSelector;
}

export interface RedactionOptions {
  /** @default - none */
  readonly fields?: FieldRedaction[];
  /** @default - none */
  readonly patterns?: PatternRedaction[];
  /** @default OpaqueContent.WITHHOLD */
  readonly opaqueContent?: OpaqueContent;
}

/** Masks fields and personal data in results. */
export class RedactionStep extends InterceptorStep {
  constructor(private readonly options: RedactionOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint): StepBinding | undefined {
    if (point === 'REQUEST') return undefined;
    const { fields = [], patterns = [], opaqueContent = OpaqueContent.WITHHOLD } = this.options;
    const names = fields.flatMap((rule) => rule.paths.map((path) => path.split('.').at(-1) ?? ''));
    return {
      redactedLogFields: names.filter((name) => !name.startsWith('*')),
      config: () => ({
        step: 'redaction',
        fields,
        patterns: patterns.map(({ tools = [EVERY_TOOL], kinds, visibleTo }) => ({
          tools,
          kinds,
          ...(visibleTo && { visibleTo }),
        })),
        opaqueContent,
      }),
    };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const { fields = [], patterns = [] } = this.options;
    const rules = [...fields, ...patterns];
    const paths = fields.flatMap((rule) => rule.paths).filter((path) => path.split('.').includes(''));
    return [
      ...rules.flatMap((rule) => checkToolSelectors('redaction', rule.tools ?? [], context)),
      ...checkCallers(
        'redaction',
        rules.map(({ visibleTo }) => visibleTo),
        context,
      ),
      ...paths.map((path) => diagnostic('INTERCEPTOR_PATH', { step: 'redaction', path })),
    ];
  }
}
