import { Counter, type CountRow } from '../counter';
import type { CallVerdict, ObservedCall, SourceKind } from '../observed-call';

/** Decisions of a period. Counts are calls; of a sample, the calls that it stands for. */
export interface DecisionSummary {
  /** First and last time of a call; undefined without calls. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly total: number;
  readonly verdicts: { readonly [verdict in CallVerdict]: number };
  readonly callers: readonly CountRow<CallVerdict>[];
  readonly tools: readonly CountRow<CallVerdict>[];
  readonly policies: readonly CountRow<CallVerdict>[];
  readonly days: readonly CountRow<CallVerdict>[];
  /** Calls by what they were read from. */
  readonly sources: readonly CountRow<'calls'>[];
  /** What the sources cannot know, in sentences. */
  readonly unknown: readonly string[];
}

export const VERDICTS: readonly CallVerdict[] = [
  'allowed',
  'denied',
  'would be denied',
  'undecided',
  'refused',
  'unknown',
];

/** Sums calls up as they come. */
export class Summary {
  private readonly all = new Counter<CallVerdict>();
  private readonly callers = new Counter<CallVerdict>();
  private readonly tools = new Counter<CallVerdict>();
  private readonly policies = new Counter<CallVerdict>();
  private readonly days = new Counter<CallVerdict>();
  private readonly sources = new Counter<'calls'>();
  private readonly seen = new Set<SourceKind>();
  private sampled = 0;
  private from: string | undefined;
  private to: string | undefined;

  add({ verdict, caller, tool, policies, time, weight, sources }: ObservedCall): void {
    this.all.add('', verdict, weight);
    this.callers.add(caller ?? '(not known)', verdict, weight);
    this.tools.add(tool ?? '(not known)', verdict, weight);
    for (const policy of policies ?? []) this.policies.add(policy, verdict, weight);
    if (policies?.length === 0 && verdict !== 'allowed')
      this.policies.add('(no policy: denied by default)', verdict, weight);
    this.days.add(time.slice(0, 10), verdict, weight);
    this.sources.add(sources.toSorted().join(' and '), 'calls', weight);
    for (const source of sources) this.seen.add(source);
    if (weight > 1) this.sampled++;
    if (this.from === undefined || time < this.from) this.from = time;
    if (this.to === undefined || time > this.to) this.to = time;
  }

  result(): DecisionSummary {
    const [whole] = this.all.rows();
    const verdicts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, whole?.counts[verdict] ?? 0]));
    return {
      from: this.from,
      to: this.to,
      total: whole?.total ?? 0,
      verdicts: verdicts as DecisionSummary['verdicts'],
      callers: this.callers.rows(),
      tools: this.tools.rows(),
      policies: this.policies.rows(),
      days: this.days.rows().toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      sources: this.sources.rows(),
      unknown: this.unknown(whole?.counts ?? {}),
    };
  }

  private unknown(counts: { readonly [verdict in CallVerdict]?: number }): string[] {
    const sentences: string[] = [];
    const { unknown = 0 } = counts;
    if (unknown > 0)
      sentences.push(
        `${unknown} calls have no decision: under LOG_ONLY the interceptors cannot see it (decide again with --app), and a call without a second line may be under way`,
      );
    if (this.seen.has('log'))
      sentences.push('log lines have no claims and no exact arguments: their calls cannot be replayed');
    if (this.seen.has('span'))
      sentences.push('spans have no caller, and none for calls that an interceptor refused: such calls are missing');
    if (this.seen.has('record') && this.seen.size > 1)
      sentences.push('a record that has no request id of the gateway is counted beside the lines of the same call');
    if (this.sampled > 0) sentences.push('counts are extrapolated from a sample');
    return sentences;
  }
}
