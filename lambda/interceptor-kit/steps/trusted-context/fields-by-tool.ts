import type { TrustedField } from '../../../../lib/contract/trusted-context';

/** Fields by the full name of the tool that carries them. */
export type FieldsByTool = ReadonlyMap<string, readonly TrustedField[]>;

export function groupByTool(fields: readonly TrustedField[]): FieldsByTool {
  const groups = new Map<string, TrustedField[]>();
  for (const field of fields) {
    for (const tool of field.tools) groups.set(tool, [...(groups.get(tool) ?? []), field]);
  }
  return groups;
}
