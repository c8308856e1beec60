import type { Location } from '../../../diagnostics/diagnostic';

/** `not-applicable`: the backend cannot run the case at all. Never counted as passed. */
export type CaseStatus = 'passed' | 'failed' | 'not-applicable';

/** The outcome of one case. */
export interface CaseReport {
  readonly name: string;
  readonly status: CaseStatus;
  readonly persona: string;
  /** Tool of a call; absent for a list. */
  readonly tool?: string;
  /** Arguments of a call, as the client sends them. */
  readonly arguments?: unknown;
  readonly expected: string;
  readonly got: string;
  /** What is wrong, and why the policies decided as they did; for a case that was not run, why not. */
  readonly why: readonly string[];
  /** Expectations of a passed or failed case that this backend cannot check. */
  readonly unchecked: readonly string[];
  readonly location: Location;
}

export interface FileReport {
  readonly file: string;
  readonly cases: readonly CaseReport[];
}

/** The outcome of a run, as data. Every renderer shows this object. */
export interface TestReport {
  readonly backend: string;
  readonly files: readonly FileReport[];
  readonly passed: number;
  readonly failed: number;
  readonly notApplicable: number;
  /** Expectations that were not checked, over all cases. */
  readonly unchecked: number;
}

/** Counts what the cases came to. */
export function summarize(backend: string, files: readonly FileReport[]): TestReport {
  const cases = files.flatMap((file) => file.cases);
  const count = (status: CaseStatus): number => cases.filter((entry) => entry.status === status).length;
  return {
    backend,
    files,
    passed: count('passed'),
    failed: count('failed'),
    notApplicable: count('not-applicable'),
    unchecked: cases.reduce((sum, entry) => sum + entry.unchecked.length, 0),
  };
}
