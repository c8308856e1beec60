import type { Construct } from 'constructs';
import { EVERY_TOOL, selectsTool } from '../../../contract/steps/selectors';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { patternFlaw, patternsOf } from '../check-pattern';
import { checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';

export interface InputCheckOptions {
  /**
   * Full names (`target___tool`), or names of targets for all of their tools.
   *
   * @default - every tool
   */
  readonly tools?: string[];
  /**
   * Whether to deny calls to tools whose schema is not known at synth, such as tools that the gateway discovers.
   *
   * @default true
   */
  readonly denyWithoutSchema?: boolean;
}

/** Checks arguments against the tool's own schema. */
export class InputCheckStep extends InterceptorStep {
  constructor(private readonly options: InputCheckOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint): StepBinding | undefined {
    if (point === 'RESPONSE') return undefined;
    const { tools = [EVERY_TOOL], denyWithoutSchema = true } = this.options;
    return { usesSchemas: true, config: () => ({ step: 'input-check', tools, denyWithoutSchema }) };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const { tools = [EVERY_TOOL] } = this.options;
    const patterns = Object.entries(context.inputSchemas).flatMap(([tool, schema]) =>
      selectsTool(tools, tool) ? [...new Set(patternsOf(schema))].map((pattern) => ({ tool, pattern })) : [],
    );
    return [
      ...checkToolSelectors('input-check', this.options.tools ?? [], context),
      ...patterns.flatMap(({ tool, pattern }) => {
        const reason = patternFlaw(pattern);
        return reason === undefined ? [] : diagnostic('INTERCEPTOR_SCHEMA_PATTERN', { tool, pattern, reason });
      }),
    ];
  }
}
