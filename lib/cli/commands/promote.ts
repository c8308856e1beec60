import type { DesiredPolicy } from '../../contract/policy-set-document';
import { readExpectations } from '../../decisions/expectations';
import { EvidenceCollector } from '../../decisions/promote/evidence';
import { promotionText } from '../../decisions/promote/render-promotion';
import { promotionOf } from '../../decisions/promote/verdict';
import { DecideAgain } from '../../decisions/replay/decide-again';
import type { PolicySet } from '../../policy/decision/policy-set';
import type { CliCommand } from '../command';
import { deployedManifest, readCalls, type SourceOptions, sinceTime, sourceOptions } from '../decision-sources';
import { EXIT } from '../exit-code';
import { type GatewayInput, oneGateway } from '../gateway-input';
import { policySetOf } from '../gateway-views';
import { formatOption } from '../output-format';
import { printJson } from '../print-diagnostics';
import { readCount, readText } from '../read-value';
import { runGatewayTests } from '../run-gateway-tests';
import { emulatorUrl } from '../running-emulator';
import type { Terminal } from '../terminal';
import { hasTests, readTests } from '../test-files';
import { validateGateway } from '../validate-gateway';
import { driftChecks } from '../verify-control-plane';

interface PromoteOptions extends SourceOptions {
  readonly expect?: string;
  readonly minDecisions: string;
  readonly minDays: string;
  readonly format: 'text' | 'json' | 'markdown';
}

/** Says whether a gateway may go from LOG_ONLY to ENFORCE, and each of its policies from LOG_ONLY to ACTIVE. */
export const command: CliCommand<PromoteOptions> = {
  configure(parser) {
    sourceOptions(parser)
      .option('--expect <file>', 'YAML list of would-be denials that are meant, each with its reason')
      .option('--min-decisions <number>', 'decisions that are enough', '100')
      .option('--min-days <number>', 'days that the decisions have to span', '7')

      .addOption(formatOption('the answer is', ['json', 'markdown']));
  },

  async run({ options, terminal }) {
    const { expect, format } = options;
    const gateway = await oneGateway(terminal, options);
    const again = new DecideAgain(policySetOf(gateway));
    const now = new Date();
    const collector = new EvidenceCollector({
      expectations: expect === undefined ? [] : readExpectations(expect, await readText(terminal, expect)),
      now,
      // Spans come up to eleven minutes late, as docs/decisions.md says; the emulator's records at once.
      settledAt: options.emulator === undefined ? sinceTime('15m', now) : now,
      logOnly: logOnlyPolicies(again.set),
      again,
    });
    const terms = {
      minDecisions: readCount('--min-decisions', options.minDecisions),
      minDays: readCount('--min-days', options.minDays),
      tools: [...again.set.schema.tools.keys()].filter((tool) => !again.set.schema.denied.has(tool)),
    };
    await readCalls(terminal, 'promote', options, (call) => collector.add(call));
    const found = {
      ...(await testsOf(terminal, gateway)),
      validation: validationOf(gateway),
      drift: await driftOf(terminal, options),
    };
    const report = promotionOf(collector.result(), terms, found);
    if (format === 'json') printJson(terminal, report);
    else terminal.out(promotionText(report, format));
    return report.promote ? EXIT.ok : EXIT.negative;
  },
};

/** Undefined where files stand for a deployment that nobody named. */
async function driftOf(terminal: Terminal, options: PromoteOptions): Promise<string[] | undefined> {
  if (options.file.length > 0) return undefined;
  const checks = await driftChecks(deployedManifest(terminal, options), emulatorUrl(options.emulator));
  return checks.flatMap(({ ok, name, detail }) => (ok ? [] : [`${name}: ${detail}`]));
}

function logOnlyPolicies(set: PolicySet): ReadonlyMap<string, ReadonlySet<string>> {
  const isLogOnly = ({ enforcementMode }: DesiredPolicy): boolean => enforcementMode === 'LOG_ONLY';
  const policies = [...set.policies.values()].filter(({ policy }) => isLogOnly(policy));
  const tools = [...set.schema.tools.values()];
  return new Map(
    policies.map(({ policy }) => {
      const covered = tools.filter((tool) => set.candidates(tool).some((one) => one.policy.id === policy.id));
      return [policy.id, new Set(covered.map(({ action }) => action))];
    }),
  );
}

function validationOf(gateway: GatewayInput): string[] {
  return validateGateway(gateway).map(({ code, message }) => `${code}: ${message}`);
}

async function testsOf(terminal: Terminal, gateway: GatewayInput): Promise<{ tests: number; failedTests: string[] }> {
  if (!hasTests(gateway)) return { tests: 0, failedTests: [] };
  const tested = await readTests(terminal, [gateway], []);
  const { report } = await runGatewayTests(terminal, tested, { coverage: false, mutate: false, suggest: false });
  const failed = report.files.flatMap((file) =>
    file.cases.filter(({ status }) => status === 'failed').map(({ name }) => `${file.file}: ${name}`),
  );
  return { tests: report.passed + report.failed, failedTests: failed };
}
