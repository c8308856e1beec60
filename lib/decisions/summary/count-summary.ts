import type { CountedDecisions } from '../../contract/decision-metrics';
import { Counter } from '../counter';
import type { CallVerdict } from '../observed-call';
import { type DecisionSummary, VERDICTS } from './summary';

/** What nobody can tell from counts. */
const UNKNOWN = [
  'metrics count decisions: they know no caller, no tool and no single call, so that nothing can be replayed or promoted by them',
  'calls that an interceptor refused, and calls that no policy could decide, are in no count',
  'a call that several policies determined counts for each of them',
  'policies that decided nothing in the last two weeks are missing, and the first hour of the period counts whole',
];

const CUT = 'CloudWatch answers 500 series of policies at most, and there are as many, so that policies may be missing';

/**
 * Sums up counts of decisions, by policy and day. `isCut` says that policies may be missing in them; `idOf` gives a policy's id in the sources.
 */
export function summaryOfCounts(
  counts: readonly CountedDecisions[],
  isCut: boolean,
  idOf: (policy: string) => string,
): DecisionSummary {
  const [all, policies, days] = [new Counter<CallVerdict>(), new Counter<CallVerdict>(), new Counter<CallVerdict>()];
  for (const one of counts) {
    const verdict = verdictOf(one);
    if (one.policy !== undefined) policies.add(idOf(one.policy), verdict, one.count);
    else {
      all.add('', verdict, one.count);
      days.add(one.time.slice(0, 10), verdict, one.count);
    }
  }
  const times = counts.map(({ time }) => time).sort();
  const [whole] = all.rows();
  const total = whole?.total ?? 0;
  const verdicts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, whole?.counts[verdict] ?? 0]));
  return {
    from: times[0],
    to: times.at(-1),
    total,
    verdicts: verdicts as DecisionSummary['verdicts'],
    callers: [],
    tools: [],
    policies: policies.rows(),
    days: days.rows().toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    sources: [{ key: 'metric', counts: { calls: total }, total }],
    unknown: isCut ? [...UNKNOWN, CUT] : UNKNOWN,
  };
}

function verdictOf({ decision, mode }: CountedDecisions): CallVerdict {
  if (decision === 'ALLOW') return 'allowed';
  return mode === 'ENFORCE' ? 'denied' : 'would be denied';
}
