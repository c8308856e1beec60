import { attributeOf, type CedarType } from '../../../contract/arguments/cedar-type';
import type { PathStep } from '../../schema/condition-form';
import type { ToolSchema } from '../../schema/schema-json';

/** A part of a tool's arguments. */
export interface Place {
  /** Names on the way, and which of them may be missing. */
  readonly path: readonly PathStep[];
  readonly type: CedarType;
}

/** Where a path leads in a tool's arguments. Undefined when the tool does not have it. */
export function placeIn(tool: ToolSchema, names: readonly string[]): Place | undefined {
  const path: PathStep[] = [];
  let type: CedarType = tool.input;
  for (const name of names) {
    const attribute = attributeOf(type, name);
    if (attribute === undefined) return undefined;
    path.push({ name, optional: !attribute.required });
    type = attribute.type;
  }
  return { path, type };
}
