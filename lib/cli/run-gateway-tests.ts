import { hasErrors } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import { type CoverageReport, measureCoverage } from '../policy/testing/coverage';
import { type MutationReport, mutate } from '../policy/testing/mutate';
import { OfflineBackend } from '../policy/testing/offline-backend';
import { type FileReport, summarize, type TestReport } from '../policy/testing/report';
import { runTests } from '../policy/testing/run-tests';
import type { Terminal } from './terminal';
import type { TestedGateway } from './test-files';

/** What a run is asked for beside the tests themselves. */
export interface GatewayTestOptions {
  readonly filter?: RegExp;
  readonly coverage: boolean;
  readonly mutate: boolean;
}

/** What became of the tests of one gateway. */
export interface GatewayTestResult {
  readonly gateway: string;
  readonly coverage?: CoverageReport;
  readonly mutation?: MutationReport;
}

export interface GatewayTestResults {
  readonly report: TestReport;
  readonly gateways: readonly GatewayTestResult[];
}

/** Runs the tests of every gateway offline. Mutants are made only where every test passes. */
export async function runGatewayTests(
  terminal: Terminal,
  tested: readonly TestedGateway[],
  options: GatewayTestOptions,
): Promise<GatewayTestResults> {
  const reports: FileReport[] = [];
  const gateways: GatewayTestResult[] = [];
  for (const { gateway, files } of tested) {
    const backend = new OfflineBackend(gateway);
    const report = await runTests(files, backend, options.filter === undefined ? {} : { filter: options.filter });
    const label = (file: string): string => (tested.length === 1 ? file : `${file} (${gateway.label})`);
    reports.push(...report.files.map((own) => ({ ...own, file: label(own.file) })));
    const coverage = options.coverage ? measureCoverage(backend.set, backend.decided) : undefined;
    const mutation =
      options.mutate && report.failed === 0 ? await mutated(terminal, { gateway, files }, backend) : undefined;
    gateways.push({
      gateway: gateway.label,
      ...(coverage === undefined ? {} : { coverage }),
      ...(mutation === undefined ? {} : { mutation }),
    });
  }
  return { report: summarize('offline', reports), gateways };
}

async function mutated(
  terminal: Terminal,
  { gateway, files }: TestedGateway,
  backend: OfflineBackend,
): Promise<MutationReport> {
  const progress = (done: number, total: number): void => {
    if (terminal.interactive) terminal.err(`\rmutants: ${done} of ${total}${done === total ? '\n' : ''}`);
  };
  const mutation = await mutate(gateway, files, backend.set, { onMutant: (_, done, total) => progress(done, total) });
  if (hasErrors(mutation.diagnostics)) throw new GovernanceError(mutation.diagnostics);
  return mutation;
}
