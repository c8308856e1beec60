import type { CallerSelector, ToolSelectors } from './selectors';

/** Hides tools in lists and search results, and denies calls to them. */
export interface ToolFilterConfig {
  /** A tool is shown when any rule that selects it selects the caller as well. */
  readonly rules: readonly { readonly tools: ToolSelectors; readonly visibleTo?: CallerSelector }[];
  /** Tools that no rule selects. */
  readonly otherwise: 'show' | 'hide';
  /** Whether calls to hidden tools are denied as well. */
  readonly denyCalls: boolean;
}
