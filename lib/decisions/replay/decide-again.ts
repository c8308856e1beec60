import type { ClaimTagOptions } from '../../contract/claims';
import { schemaHash } from '../../contract/decision-record/schema-hash';
import type { PolicySet } from '../../policy/decision/policy-set';
import { readsOfTool } from '../../policy/decision/projection';
import { authorizeRecorded, type RecordedDecision } from '../../policy/decision/recorded-call';
import type { ObservedCall } from '../observed-call';

/** Answers that are remembered. Calls that look the same to the policies are decided once. */
const REMEMBERED = 100_000;

/** Decides recorded calls by a policy set. */
export class DecideAgain {
  private readonly answers = new Map<string, RecordedDecision>();
  private readonly facts = new Map<string, ToolFacts>();

  constructor(
    readonly set: PolicySet,
    private readonly options: ClaimTagOptions = {},
  ) {}

  /** The decision, or what is missing. Undefined for a call that never reached the policies. */
  decide({ record }: ObservedCall): RecordedDecision | undefined {
    if (record === undefined || record.refusedBy === 'interceptor') return undefined;
    const { tool, input, schema } = record;
    if (input === undefined) return missing('the call itself');
    if (input.cut) return missing('values: the line would have been too long');
    const facts = this.factsOf(tool);
    if (facts === undefined) return missing(`tool ${tool}, which the policies do not know`);
    if (schema !== facts.schema) return missing('whether the call fits: the schema of the tool is another one');
    const key = JSON.stringify([tool, input, facts.clock ? record.time : '']);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    if (this.answers.size >= REMEMBERED) this.answers.clear();
    const answer = authorizeRecorded(
      this.set,
      {
        tool,
        principalType: input.principal.type,
        callerId: input.principal.id,
        projection: input,
        now: new Date(record.time),
      },
      this.options,
    );
    this.answers.set(key, answer);
    return answer;
  }

  private factsOf(name: string): ToolFacts | undefined {
    const known = this.facts.get(name);
    if (known !== undefined) return known;
    const tool = this.set.schema.tools.get(name);
    if (tool === undefined) return undefined;
    const facts = { schema: schemaHash(tool.input), clock: readsOfTool(this.set, tool).clock };
    this.facts.set(name, facts);
    return facts;
  }
}

interface ToolFacts {
  readonly schema: string;
  readonly clock: boolean;
}

function missing(read: string): RecordedDecision {
  return { kind: 'not recorded', missing: [{ policy: '', read }] };
}
