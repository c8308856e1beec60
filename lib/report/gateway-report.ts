import type { ControlPlaneCall } from '../contract/control-plane-call';
import type { EnforcementMode } from '../contract/decision';
import type { DenialKind } from '../decisions/summary/denials';
import type { ModeSeen } from '../decisions/summary/modes-seen';
import type { DecisionSummary } from '../decisions/summary/summary';
import type { AccessMatrix } from '../policy/access/access-matrix';
import type { TestReport } from '../policy/testing/run/report';

/** Something that a source tells, or why nobody can know it here. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

/** A policy as an auditor reads it. */
export interface ReportedPolicy {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly enforcement: 'ACTIVE' | 'LOG_ONLY';
  readonly description: string | undefined;
  /** File and line; undefined for a policy that the library adds. */
  readonly place: string | undefined;
  /** What it says, as a sentence for people who do not read Cedar. */
  readonly sentence: string;
  /** The statement, with `(this gateway)` in place of its ARN. */
  readonly statement: string;
}

/** An invariant with its verdict. */
export interface ReportedInvariant {
  readonly sentence: string;
  readonly verdict: 'proved' | 'broken' | 'undecided' | 'vacuous';
  readonly tools: readonly string[];
  /** The call that breaks it, or why it is undecided. @default - nothing to say */
  readonly detail?: string;
}

/** What the tests of the policies came to. */
export interface ReportedTests {
  readonly report: TestReport;
  /** Percent of what the tests could see of the policies; undefined where it was not measured. */
  readonly coverage: number | undefined;
  /** Policies of which the tests saw a part: what they saw, of how much. */
  readonly gaps: readonly { readonly policy: string; readonly seen: number; readonly total: number }[];
}

/** Decisions of a period. */
export interface ReportedDecisions {
  readonly summary: DecisionSummary;
  readonly denials: readonly DenialKind[];
  /** Modes of enforcement in which calls were seen. */
  readonly modes: readonly ModeSeen[];
  /** Sources that were not there to be read. */
  readonly missing: readonly string[];
}

/** What a deployment is, beside what was declared. */
export interface ReportedDeployment {
  /** Mode in which the engine is attached; undefined where none is. */
  readonly mode: string | undefined;
  /** Each difference in a sentence. What nobody can tell is no drift. */
  readonly differences: readonly { readonly text: string; readonly isDrift: boolean }[];
  readonly locks: readonly ReportedLock[];
}

export interface ReportedLock {
  /** What it stops, in words. */
  readonly what: string;
  readonly reason: string | undefined;
  readonly start: string | undefined;
  readonly end: string;
  readonly inForce: boolean;
}

/** Who changed what. */
export interface ReportedChanges {
  /** Since when calls were looked for. */
  readonly from: string;
  /** The last one first. */
  readonly calls: readonly ControlPlaneCall[];
}

/** A tool as agents see it. */
export interface ReportedTool {
  readonly name: string;
  readonly kind: string;
  readonly description: string;
  /** Arguments that the gateway sets, whatever agents say. */
  readonly trusted: readonly string[];
}

/** Everything that a report of one gateway says, as data. Every renderer shows this object. */
export interface GatewayReport {
  readonly reportVersion: 1;
  /** When it was made. UTC, ISO 8601. */
  readonly made: string;
  readonly gateway: {
    readonly path: string;
    readonly name: string | undefined;
    readonly stack: string | undefined;
    /** Mode that is declared. */
    readonly mode: EnforcementMode;
    readonly authorization: string | undefined;
  };
  readonly tools: readonly ReportedTool[];
  readonly policies: readonly ReportedPolicy[];
  /** What validation finds in the policies, in sentences. */
  readonly findings: readonly { readonly severity: string; readonly text: string }[];
  readonly access: Known<AccessMatrix>;
  readonly tests: Known<ReportedTests>;
  readonly invariants: Known<readonly ReportedInvariant[]>;
  readonly decisions: Known<ReportedDecisions>;
  readonly deployment: Known<ReportedDeployment>;
  readonly changes: Known<ReportedChanges>;
}
