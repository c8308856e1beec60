import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { PolicySet, type PreparedPolicy } from '../../decision/policy-set';
import { coversTool } from '../../decision/scope';
import { GUARD_ORIGIN } from '../../guards/guard';
import { parseStatement } from '../../source/parsed-policy';
import type { ExplainedSurvivor, TestCase, TestFile } from '../file/test-file';
import type { GatewayUnderTest } from '../run/gateway-under-test';
import { OfflineBackend } from '../run/offline-backend';
import { runTests } from '../run/run-tests';
import { type Mutant, mutantsOf } from './mutants';
import { isValid } from './statement-validity';

/**
 * What became of a mutant. `refused`: Cedar's validator does not take it, so that it could never be deployed.
 * `explained`: it survives, and a test file says why nothing can kill it.
 */
export type MutantStatus = 'killed' | 'survived' | 'explained' | 'refused';

export interface MutantReport extends Omit<Mutant, 'text'> {
  readonly status: MutantStatus;
  /** The case that fails on the mutant, or the reason in the test file. */
  readonly because?: string;
}

export interface MutationReport {
  readonly mutants: readonly MutantReport[];
  readonly killed: number;
  readonly survived: number;
  readonly explained: number;
  readonly refused: number;
  /** Explanations of mutants that do not survive. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface MutateOptions {
  /** Told of every mutant when it is judged. @default - nobody */
  readonly onMutant?: (report: MutantReport, done: number, total: number) => void;
}

/**
 * Plants one fault after the other in the policies and runs the tests on each. A fault that no test notices is one that a
 * reader could make. The tests must pass on the policies as they are.
 */
export async function mutate(
  gateway: GatewayUnderTest,
  files: readonly TestFile[],
  set: PolicySet,
  options: MutateOptions = {},
): Promise<MutationReport> {
  const explained = files.flatMap((file) => file.survivors);
  const cases = files.flatMap((file) => file.cases);
  const written = [...set.policies.values()].filter(({ policy }) => policy.origin.file !== GUARD_ORIGIN);
  const mutants = written.flatMap((prepared) => mutantsOf(set, prepared).map((mutant) => ({ prepared, mutant })));
  const killers = new Map<string, TestCase>();
  const reports: MutantReport[] = [];
  for (const { prepared, mutant } of mutants) {
    const report = await judge(gateway, set, prepared, mutant, cases, killers, explained);
    if (report === undefined) continue;
    reports.push(report);
    options.onMutant?.(report, reports.length, mutants.length);
  }
  const count = (status: MutantStatus): number => reports.filter((report) => report.status === status).length;
  return {
    mutants: reports,
    killed: count('killed'),
    survived: count('survived'),
    explained: count('explained'),
    refused: count('refused'),
    diagnostics: superfluous(explained, reports),
  };
}

async function judge(
  gateway: GatewayUnderTest,
  set: PolicySet,
  prepared: PreparedPolicy,
  { text, ...mutant }: Mutant,
  cases: readonly TestCase[],
  killers: Map<string, TestCase>,
  explained: readonly ExplainedSurvivor[],
): Promise<MutantReport | undefined> {
  const parsed = parseStatement(text);
  if (!parsed.ok || !isValid(set, text)) return { ...mutant, status: 'refused' };
  if (JSON.stringify(parsed.json) === JSON.stringify(prepared.json)) return undefined;
  const policy = { ...prepared.policy, effect: parsed.json.effect };
  const changed: PreparedPolicy = { policy, text, json: parsed.json };
  const policies = new Map(set.policies).set(mutant.policy, changed);
  const backend = new OfflineBackend(
    gateway,
    new PolicySet(policies, set.schema, set.mode, set.gatewayArn, set.switches),
  );
  const able = casesFor(set, [prepared, changed], cases, killers.get(mutant.policy));
  const report = await runTests([{ file: '', personas: [], cases: able, survivors: [] }], backend, { failFast: true });
  const ran = report.files[0]?.cases ?? [];
  const failed = ran.findIndex((entry) => entry.status === 'failed');
  const killer = able[failed];
  if (killer !== undefined) {
    killers.set(mutant.policy, killer);
    return { ...mutant, status: 'killed', because: killer.name };
  }
  const explanation = explained.find((entry) => entry.mutant === mutant.id);
  if (explanation === undefined) return { ...mutant, status: 'survived' };
  return { ...mutant, status: 'explained', because: explanation.reason };
}

/** Cases that the change can touch, the likeliest killer first and lists, which ask about every tool, last. */
function casesFor(
  set: PolicySet,
  versions: readonly PreparedPolicy[],
  cases: readonly TestCase[],
  likely: TestCase | undefined,
): TestCase[] {
  const rank = (test: TestCase): number => (test === likely ? 0 : test.kind === 'call' ? 1 : 2);
  const touched = cases.filter((test) => {
    const tool = test.kind === 'call' ? set.schema.tools.get(test.tool) : undefined;
    return test.kind === 'list' || (tool !== undefined && versions.some(({ json }) => coversTool(json, tool)));
  });
  return touched.toSorted((a, b) => rank(a) - rank(b));
}

function superfluous(explained: readonly ExplainedSurvivor[], reports: readonly MutantReport[]): Diagnostic[] {
  const unexplained = reports.filter(({ status }) => status === 'survived').map(({ id }) => id);
  return explained.flatMap(({ mutant, location }) => {
    if (reports.some((report) => report.id === mutant && report.status === 'explained')) return [];
    return [diagnostic('TEST_SURVIVOR_UNKNOWN', { mutant, suggestion: suggest(mutant, unexplained) }, { location })];
  });
}
