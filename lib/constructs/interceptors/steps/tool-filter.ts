import type { Construct } from 'constructs';
import type { Diagnostic } from '../../../diagnostics/diagnostic';
import { checkCallers, checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';
import type { CallerSelector } from './caller-selector';

export interface ToolVisibility {
  /** Full names (`target___tool`), names of targets for all of their tools, or `*`. */
  readonly tools: string[];
  /**
   * Callers who see the tools.
   *
   * @default - everybody
   */
  readonly visibleTo?: CallerSelector;
}

export interface ToolFilterOptions {
  /** A tool is shown if a rule that names it also includes the caller. */
  readonly rules: ToolVisibility[];
  /**
   * Whether tools that no rule names are shown.
   *
   * @default false
   */
  readonly showOthers?: boolean;
  /**
   * Whether calls to hidden tools are denied, as if the tools did not exist.
   *
   * @default true
   */
  readonly denyCalls?: boolean;
}

/** Hides tools in lists and search results. */
export class ToolFilterStep extends InterceptorStep {
  constructor(private readonly options: ToolFilterOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint): StepBinding | undefined {
    const { rules, showOthers = false, denyCalls = true } = this.options;
    if (point === 'REQUEST' && !denyCalls) return undefined;
    return { config: () => ({ step: 'tool-filter', rules, otherwise: showOthers ? 'show' : 'hide', denyCalls }) };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const { rules } = this.options;
    return [
      ...rules.flatMap((rule) => checkToolSelectors('tool-filter', rule.tools, context)),
      ...checkCallers(
        'tool-filter',
        rules.map(({ visibleTo }) => visibleTo),
        context,
      ),
    ];
  }
}
