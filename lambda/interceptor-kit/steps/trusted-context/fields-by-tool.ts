import type { DeclaredTrustedField } from '../../../../lib/contract/trusted-context';

/** Fields by the full name of the tool that carries them. */
export type FieldsByTool = ReadonlyMap<string, readonly DeclaredTrustedField[]>;

export function groupByTool(fields: readonly DeclaredTrustedField[]): FieldsByTool {
  const groups = new Map<string, DeclaredTrustedField[]>();
  for (const field of fields) {
    for (const tool of field.tools) groups.set(tool, [...(groups.get(tool) ?? []), field]);
  }
  return groups;
}
