import type { CedarRecord } from '../../contract/arguments/cedar-type';
import { cedarTypeJson } from '../../contract/arguments/cedar-type-json';
import type { DecisionReads } from '../../contract/decision-record/reads';
import { schemaHash } from '../../contract/decision-record/schema-hash';
import type { RecordedTool } from '../../contract/steps/decision-record';
import type { PolicySet } from './policy-set';
import { readsOfTool } from './projection';

/** What a record has to say about a tool, and what decides whether its calls can be recorded. */
export interface RecordedFacts {
  readonly reads: DecisionReads;
  readonly type: CedarRecord;
  readonly schema: string;
}

const factsOfSets = new WeakMap<PolicySet, Map<string, RecordedFacts>>();

/** The parts of a tool's calls that are recorded, looked up once. Undefined for a tool that the set does not know. */
export function recordedFacts(set: PolicySet, name: string): RecordedFacts | undefined {
  const byTool = factsOfSets.get(set) ?? new Map<string, RecordedFacts>();
  factsOfSets.set(set, byTool);
  const known = byTool.get(name);
  const tool = set.schema.tools.get(name);
  if (known !== undefined || tool === undefined) return known;
  const facts = { reads: readsOfTool(set, tool), type: tool.input, schema: schemaHash(tool.input) };
  byTool.set(name, facts);
  return facts;
}

/** The same for every tool, as interceptors are told it, by full name. */
export function recordedTools(set: PolicySet): { [tool: string]: RecordedTool } {
  return Object.fromEntries(
    [...set.schema.tools.keys()].flatMap((name) => {
      const facts = recordedFacts(set, name);
      if (facts === undefined) return [];
      const { reads, type, schema } = facts;
      return [[name, { reads, input: cedarTypeJson(type), schema }]];
    }),
  );
}
