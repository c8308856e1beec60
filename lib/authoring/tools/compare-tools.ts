import { canonicalJson } from '../../contract/canonical-json';
import type { JsonObject } from '../../contract/json';
import { type RiskChange, riskChange } from '../../contract/tool-classes/risk';
import { classesOfPinned, type PinnedTool, type ToolPin } from './pinned-tools';

/** What a server says differently of a tool. */
export type ToolPart = 'description' | 'arguments' | 'result' | 'annotations';

/** A tool that is not as it was pinned. */
export interface ToolChange {
  readonly tool: string;
  readonly kind: 'new' | 'gone' | 'changed';
  /** Empty for tools that are new or gone. */
  readonly parts: readonly ToolPart[];
  readonly risk: RiskChange;
  /** Classes before and now; of tools that are new or gone, those that there are. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/**
 * What changed in a server since its tools were pinned, by the names of tools. A risk is what annotations make of it: where they are not
 * believed, a tool can only claim more.
 */
export function compareTools(pin: Omit<ToolPin, 'origin'>, now: readonly PinnedTool[]): ToolChange[] {
  const classes = (tool: PinnedTool): string[] => classesOfPinned(tool, pin);
  const before = new Map(pin.tools.map((tool) => [tool.name, tool]));
  const after = new Map(now.map((tool) => [tool.name, tool]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((tool): ToolChange[] => {
    const [was, is] = [before.get(tool), after.get(tool)];
    if (was === undefined)
      return is === undefined ? [] : [{ tool, kind: 'new', parts: [], risk: 'none', after: classes(is) }];
    if (is === undefined) return [{ tool, kind: 'gone', parts: [], risk: 'none', before: classes(was) }];
    const parts = changedParts(was, is);
    if (parts.length === 0) return [];
    const [old, young] = [classes(was), classes(is)];
    return [{ tool, kind: 'changed', parts, risk: riskChange(old, young), before: old, after: young }];
  });
}

function changedParts(was: PinnedTool, is: PinnedTool): ToolPart[] {
  const differs = (one: JsonObject = {}, other: JsonObject = {}): boolean =>
    canonicalJson(one) !== canonicalJson(other);
  return [
    ...((was.description ?? '') === (is.description ?? '') ? [] : (['description'] as const)),
    ...(differs(was.inputSchema, is.inputSchema) ? (['arguments'] as const) : []),
    ...(differs(was.outputSchema, is.outputSchema) ? (['result'] as const) : []),
    ...(differs(was.annotations, is.annotations) ? (['annotations'] as const) : []),
  ];
}
