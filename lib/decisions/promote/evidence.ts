import type { Expectation } from '../expectations';
import { isExpected } from '../expectations';
import type { CallVerdict, ObservedCall } from '../observed-call';
import type { DecideAgain } from '../replay/decide-again';

/** Calls that would be denied, alike in tool, caller and policies. */
export interface WouldBeDenial {
  readonly tool: string;
  readonly caller: string | undefined;
  readonly policies: readonly string[] | undefined;
  readonly expected: boolean;
  calls: number;
  lastTime: string;
}

/** Evidence about a policy that is only evaluated for the log. */
export interface PolicyEvidence {
  /** Calls of its tools. */
  evaluated: number;
  /** Calls that it would have decided otherwise. */
  flips: number;
  /** Of those, calls that no expectation lists. */
  unexpected: number;
  /** Calls in which it erred. */
  errors: number;
}

/** Everything about the calls of a period that a promotion depends on. */
export interface Evidence {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Calls whose decision is known. */
  readonly decided: number;
  /** Calls whose decision no source tells. */
  readonly undecidable: number;
  /** Calls too young to be complete. */
  readonly unsettled: number;
  readonly verdicts: ReadonlyMap<CallVerdict, number>;
  readonly tools: ReadonlySet<string>;
  readonly wouldBeDenials: readonly WouldBeDenial[];
  /** Whether some source tells of policies in LOG_ONLY that could not be evaluated, and which did not. */
  readonly knowsMismatched: boolean;
  readonly mismatched: ReadonlySet<string>;
  /** By id, for the policies that were asked about. */
  readonly logOnly: ReadonlyMap<string, PolicyEvidence>;
}

export interface EvidenceOptions {
  readonly expectations: readonly Expectation[];
  readonly now: Date;
  /** Calls after this time are not complete yet. */
  readonly settledAt: Date;
  /** Ids of the policies in LOG_ONLY with the tools that they cover. */
  readonly logOnly: ReadonlyMap<string, ReadonlySet<string>>;
  /** Decides recorded calls whose decision no source tells. */
  readonly again?: DecideAgain;
}

/** Distinct would-be denials that are listed. */
const LISTED = 1_000;

/** Collects evidence from calls as they come. */
export class EvidenceCollector {
  private from: string | undefined;
  private to: string | undefined;
  private decided = 0;
  private undecidable = 0;
  private unsettled = 0;
  private readonly verdicts = new Map<CallVerdict, number>();
  private readonly tools = new Set<string>();
  private readonly denials = new Map<string, WouldBeDenial>();
  private knowsMismatched = false;
  private readonly mismatched = new Set<string>();
  private readonly logOnly = new Map<string, PolicyEvidence>();

  constructor(private readonly options: EvidenceOptions) {
    for (const id of options.logOnly.keys()) this.logOnly.set(id, { evaluated: 0, flips: 0, unexpected: 0, errors: 0 });
  }

  add(observed: ObservedCall): void {
    if (observed.time > this.options.settledAt.toISOString()) {
      this.unsettled++;
      return;
    }
    const call = this.completed(observed);
    const { time, tool, verdict } = call;
    if (this.from === undefined || time < this.from) this.from = time;
    if (this.to === undefined || time > this.to) this.to = time;
    this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + 1);
    if (verdict === 'refused') return;
    if (verdict === 'unknown') {
      this.undecidable++;
      return;
    }
    this.decided++;
    if (tool !== undefined) this.tools.add(tool);
    this.knowsMismatched ||= call.knowsMismatched;
    for (const id of call.mismatched) this.mismatched.add(id);
    if (verdict === 'would be denied' || verdict === 'denied') this.denial(call);
    this.seeLogOnly(call);
  }

  result(): Evidence {
    const { from, to, decided, undecidable, unsettled, verdicts, tools, knowsMismatched, mismatched, logOnly } = this;
    const wouldBeDenials = [...this.denials.values()].sort((a, b) => b.calls - a.calls);
    return {
      from,
      to,
      decided,
      undecidable,
      unsettled,
      verdicts,
      tools,
      wouldBeDenials,
      knowsMismatched,
      mismatched,
      logOnly,
    };
  }

  /** The call with what the policies say of it, where only they can tell. */
  private completed(call: ObservedCall): ObservedCall {
    const answer = this.options.again?.decide(call);
    if (answer?.kind !== 'decided') return call;
    const { outcome, determining, flips } = answer.decision;
    const errors = flips.flatMap(({ policy, to }) => (to === 'ERROR' ? [policy] : []));
    const flipping = flips.flatMap(({ policy, to }) => (to === 'ERROR' ? [] : [policy]));
    const known = {
      ...call,
      flipping: [...call.flipping, ...flipping],
      mismatched: [...call.mismatched, ...errors],
      knowsMismatched: true,
    };
    if (call.outcome !== undefined) return known;
    const verdict = outcome === 'ALLOW' ? 'allowed' : outcome === 'ERROR' ? 'undecided' : 'would be denied';
    return { ...known, outcome, policies: determining, verdict };
  }

  private denial({ tool = '', caller, policies, time, verdict }: ObservedCall): void {
    // What ENFORCE already denies, nobody loses by a promotion.
    if (verdict === 'denied') return;
    const key = JSON.stringify([tool, caller, policies]);
    const known = this.denials.get(key);
    if (known !== undefined) {
      known.calls++;
      if (time > known.lastTime) known.lastTime = time;
      return;
    }
    const { expectations, now } = this.options;
    const expected = isExpected(expectations, { tool, caller, policies, to: 'DENY' }, now);
    if (this.denials.size < LISTED || !expected)
      this.denials.set(key, { tool, caller, policies, expected, calls: 1, lastTime: time });
  }

  private seeLogOnly({ tool = '', caller, flipping, mismatched, outcome }: ObservedCall): void {
    const { expectations, now } = this.options;
    for (const [id, evidence] of this.logOnly) {
      if (this.options.logOnly.get(id)?.has(tool) !== true) continue;
      evidence.evaluated++;
      if (mismatched.includes(id)) evidence.errors++;
      if (!flipping.includes(id)) continue;
      evidence.flips++;
      const to = outcome === 'ALLOW' ? 'DENY' : 'ALLOW';
      if (!isExpected(expectations, { tool, caller, policies: [id], to }, now)) evidence.unexpected++;
    }
  }
}
