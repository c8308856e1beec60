import type { TestCase, TestFile } from '../file/test-file';
import { checkCall, checkList, notApplicable } from './check-case';
import { type CaseReport, type FileReport, summarize, type TestReport } from './report';
import type { VerificationBackend } from './verification-backend';

export interface RunOptions {
  /** Runs only cases whose `file: name` matches. @default - all cases */
  readonly filter?: RegExp;
  /** Told of every case when it ends, and of how many there are, for progress on long runs. @default - nobody */
  readonly onCase?: (report: CaseReport, total: number) => void;
  /** Ends the run after the first case that fails. @default false */
  readonly failFast?: boolean;
}

/** Runs test files, one case after the other, so that a live backend is not flooded and results keep their order. */
export async function runTests(
  files: readonly TestFile[],
  backend: VerificationBackend,
  options: RunOptions = {},
): Promise<TestReport> {
  const chosen = files.map((file) => ({
    file,
    tests: file.cases.filter((test) => matches(file, test, options.filter)),
  }));
  const total = chosen.reduce((sum, { tests }) => sum + tests.length, 0);
  const reports: FileReport[] = [];
  for (const { file, tests } of chosen) {
    const cases: CaseReport[] = [];
    reports.push({ file: file.file, cases });
    for (const test of tests) {
      const report = await check(test, backend);
      cases.push(report);
      options.onCase?.(report, total);
      if (options.failFast === true && report.status === 'failed') return summarize(backend.name, reports);
    }
  }
  return summarize(backend.name, reports);
}

/** On a backend where all policies decide, a case about some of them alone cannot run. */
async function check(test: TestCase, backend: VerificationBackend): Promise<CaseReport> {
  const chosen = test.alone === undefined ? backend : backend.alone?.(test.alone);
  if (chosen === undefined) return notApplicable(test, 'only the policies that the file names would have to decide');
  return test.kind === 'call' ? checkCall(test, chosen) : checkList(test, chosen);
}

function matches(file: TestFile, test: TestCase, filter: RegExp | undefined): boolean {
  // A global or sticky expression would remember where its last match ended.
  return filter === undefined || `${file.file}: ${test.name}`.search(filter) >= 0;
}
