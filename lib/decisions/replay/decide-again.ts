import type { ClaimTagOptions } from '../../contract/claims';
import type { PolicySet } from '../../policy/decision/policy-set';
import { authorizeRecorded, type RecordedDecision } from '../../policy/decision/recorded-call';
import { recordedFacts } from '../../policy/decision/recorded-tools';
import type { ObservedCall } from '../observed-call';

/** Answers that are remembered. Calls that look the same to the policies are decided once. */
const REMEMBERED = 100_000;

/** Decides recorded calls by a policy set. */
export class DecideAgain {
  private readonly answers = new Map<string, RecordedDecision>();

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
    const facts = recordedFacts(this.set, tool);
    if (facts === undefined) return missing(`tool ${tool}, which the policies do not know`);
    if (schema !== facts.schema) return missing('whether the call fits: the schema of the tool is another one');
    const key = JSON.stringify([tool, input, facts.reads.clock ? record.time : '']);
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
}

function missing(read: string): RecordedDecision {
  return { kind: 'not recorded', missing: [{ policy: '', read }] };
}
