import { type FileReport, summarize, type TestReport } from '../policy/testing/run/report';
import { type PolicyTestResult, runPolicyTests } from '../policy/testing/test-policies';
import type { Terminal } from './terminal';
import type { TestedGateway } from './test-files';

/** What a run is asked for beside the tests themselves. */
export interface GatewayTestOptions {
  readonly filter?: RegExp;
  readonly coverage: boolean;
  readonly mutate: boolean;
  readonly suggest: boolean;
}

/** The outcome of one gateway's tests. */
export interface GatewayTestResult extends Omit<PolicyTestResult, 'report'> {
  readonly gateway: string;
}

export interface GatewayTestResults {
  readonly report: TestReport;
  readonly gateways: readonly GatewayTestResult[];
}

/** Runs the tests of every gateway offline. */
export async function runGatewayTests(
  terminal: Terminal,
  tested: readonly TestedGateway[],
  options: GatewayTestOptions,
): Promise<GatewayTestResults> {
  const reports: FileReport[] = [];
  const gateways: GatewayTestResult[] = [];
  const onMutant = (done: number, total: number): void => {
    if (terminal.interactive) terminal.err(`\rmutants: ${done} of ${total}${done === total ? '\n' : ''}`);
  };
  for (const { gateway, files } of tested) {
    const { report, ...rest } = await runPolicyTests(gateway, files, { ...options, onMutant });
    const label = (file: string): string => (tested.length === 1 ? file : `${file} (${gateway.label})`);
    reports.push(...report.files.map((own) => ({ ...own, file: label(own.file) })));
    gateways.push({ gateway: gateway.label, ...rest });
  }
  return { report: summarize('offline', reports), gateways };
}
