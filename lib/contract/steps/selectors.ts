import type { Claims } from '../claims';
import { splitToolName } from '../tool-name';

/**
 * Which tools something concerns: full names (`target___tool`), names of targets, which stand for all of their tools, or `*` for every tool.
 * Selectors are matched when a call arrives, so that they cover tools that a target gained since synth.
 */
export type ToolSelectors = readonly string[];

/** Stands for every tool. */
export const EVERY_TOOL = '*';

/** Whether selectors name a tool, its target, or every tool. */
export function selectsTool(selectors: ToolSelectors, tool: string): boolean {
  const names = (selector: string): boolean =>
    selector === EVERY_TOOL || selector === tool || selector === splitToolName(tool)?.target;
  return selectors.some(names);
}

/** Callers whose claim is one of the values, or, when the claim is an array, contains one. */
export interface CallerSelector {
  readonly claim: string;
  readonly values: readonly string[];
}

/** Whether a caller is selected. Without claims, or without the claim, nobody is. */
export function selectsCaller(selector: CallerSelector, claims: Claims | undefined): boolean {
  if (claims === undefined || !Object.hasOwn(claims, selector.claim)) return false;
  const claim = claims[selector.claim];
  const held = Array.isArray(claim) ? claim : [claim];
  return held.some((value) => typeof value === 'string' && selector.values.includes(value));
}
