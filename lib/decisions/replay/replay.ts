import type { Outcome } from '../../contract/decision';
import { Counter, type CountRow } from '../counter';
import { type Expectation, isExpected } from '../expectations';
import type { ObservedCall } from '../observed-call';
import type { DecideAgain } from './decide-again';

/** Kinds of flips that are kept apart. Those beyond are counted, so that memory stays flat. */
const FLIPS = 10_000;

/** Calls of one caller to one tool that the changed policies decide in another way, alike before and alike after. */
export interface Flip {
  readonly tool: string;
  readonly caller: string | undefined;
  readonly from: Outcome;
  readonly to: Outcome;
  /** Policies that decided before; undefined where no source names them. */
  readonly before: readonly string[] | undefined;
  readonly after: readonly string[];
  readonly expected: boolean;
  calls: number;
  firstTime: string;
  lastTime: string;
}

export interface ReplayReport {
  readonly calls: number;
  /** Calls that were decided before and again. */
  readonly compared: number;
  readonly same: number;
  /** The calls that flip, most first. */
  readonly flips: readonly Flip[];
  /** Calls of flips that are not in the list, because there are too many kinds. */
  readonly moreFlips: number;
  /** Calls without answer, by what was not recorded. */
  readonly notRecorded: readonly CountRow<'calls'>[];
  /** Calls of which nobody knows how they were decided before. */
  readonly unknownBefore: number;
  /** Calls that an interceptor refused, which no policy decides. */
  readonly refused: number;
  /** Calls whose flip is in no list of expectations. */
  readonly unexpected: number;
}

/** Options of a replay. */
export interface ReplayOptions {
  /** The changed policies. */
  readonly after: DecideAgain;
  /** Policies as they were. @default - what was observed */
  readonly before?: DecideAgain;
  readonly expectations?: readonly Expectation[];
  /** Day against which expectations run out. */
  readonly now: Date;
}

/** Decides observed calls again as they come, and keeps what flips. */
export class Replay {
  private readonly flips = new Map<string, Flip>();
  private readonly missing = new Counter<'calls'>();
  private readonly counts = {
    calls: 0,
    compared: 0,
    same: 0,
    moreFlips: 0,
    unknownBefore: 0,
    refused: 0,
    unexpected: 0,
  };

  constructor(private readonly options: ReplayOptions) {}

  add(call: ObservedCall): void {
    const { counts } = this;
    counts.calls++;
    const answer = this.options.after.decide(call);
    if (call.verdict === 'refused') {
      counts.refused++;
      return;
    }
    if (answer === undefined) {
      this.missing.add('the call itself: no record of this library', 'calls', 1);
      return;
    }
    if (answer.kind === 'not recorded') {
      for (const text of new Set(
        answer.missing.map(({ policy, read }) => (policy === '' ? read : `${read}, read by ${policy}`)),
      ))
        this.missing.add(text, 'calls', 1);
      return;
    }
    const before = this.before(call);
    if (before === undefined) {
      counts.unknownBefore++;
      return;
    }
    counts.compared++;
    const { outcome: to, determining: after } = answer.decision;
    if (before.outcome === to) counts.same++;
    else this.flip(call, before, to, after);
  }

  result(): ReplayReport {
    const flips = [...this.flips.values()].sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
    return { ...this.counts, flips, notRecorded: this.missing.rows() };
  }

  private before(call: ObservedCall): Before | undefined {
    const again = this.options.before?.decide(call);
    if (again?.kind === 'decided') return { outcome: again.decision.outcome, policies: again.decision.determining };
    return call.outcome === undefined ? undefined : { outcome: call.outcome, policies: call.policies };
  }

  private flip({ tool = '', caller, time }: ObservedCall, before: Before, to: Outcome, after: readonly string[]): void {
    const { expectations = [], now } = this.options;
    const key = JSON.stringify([tool, caller, before, to, after]);
    const known = this.flips.get(key);
    const expected = known?.expected ?? isExpected(expectations, { tool, caller, policies: after, to }, now);
    if (!expected) this.counts.unexpected++;
    if (known !== undefined) {
      known.calls++;
      if (time < known.firstTime) known.firstTime = time;
      if (time > known.lastTime) known.lastTime = time;
    } else if (this.flips.size >= FLIPS) this.counts.moreFlips++;
    else {
      const { outcome: from, policies } = before;
      this.flips.set(key, {
        tool,
        caller,
        from,
        to,
        before: policies,
        after,
        expected,
        calls: 1,
        firstTime: time,
        lastTime: time,
      });
    }
  }
}

interface Before {
  readonly outcome: Outcome;
  readonly policies: readonly string[] | undefined;
}
