import { cedarTypeJson } from '../../contract/arguments/cedar-type-json';
import { schemaHash } from '../../contract/decision-record/schema-hash';
import type { RecordedTool } from '../../contract/steps/decision-record';
import type { PolicySet } from './policy-set';
import { readsOfTool } from './projection';

/** What is to be recorded of the calls of every tool, by full name. */
export function recordedTools(set: PolicySet): { [tool: string]: RecordedTool } {
  return Object.fromEntries(
    [...set.schema.tools.values()].map((tool) => [
      tool.action,
      { reads: readsOfTool(set, tool), input: cedarTypeJson(tool.input), schema: schemaHash(tool.input) },
    ]),
  );
}
