import type { Construct } from 'constructs';
import type { Diagnostic } from '../../../diagnostics/diagnostic';
import { checkCallers } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';
import type { CallerSelector } from './caller-selector';

export interface PromptAllowance {
  /** Names as clients see them; a `*` at the end stands for any ending. */
  readonly names: string[];
  /**
   * Callers who may use the prompts.
   *
   * @default - everybody
   */
  readonly visibleTo?: CallerSelector;
}

export interface ResourceAllowance {
  /** Addresses, and templates of addresses; a `*` at the end stands for any ending that does not climb out of the folder. */
  readonly uris: string[];
  /**
   * Callers who may read the resources.
   *
   * @default - everybody
   */
  readonly visibleTo?: CallerSelector;
}

export interface AllowListOptions {
  /** @default - no prompts */
  readonly prompts?: PromptAllowance[];
  /** @default - no resources */
  readonly resources?: ResourceAllowance[];
}

/** Lets only named prompts and resources through. */
export class AllowListStep extends InterceptorStep {
  constructor(private readonly options: AllowListOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, _point: InterceptionPoint): StepBinding {
    const { prompts = [], resources = [] } = this.options;
    return { config: () => ({ step: 'allow-list', prompts, resources }) };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const rules = [...(this.options.prompts ?? []), ...(this.options.resources ?? [])];
    return checkCallers(
      'allow-list',
      rules.map(({ visibleTo }) => visibleTo),
      context,
    );
  }
}
