import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { PolicySet, PreparedPolicy } from '../../decision/policy-set';
import { coversTool } from '../../decision/scope';
import { GUARD_ORIGIN } from '../../guards/guard';
import { parseStatement } from '../../source/parsed-policy';
import type { AcceptedSurvivor, TestCase, TestFile } from '../file/test-file';
import type { GatewayUnderTest } from '../run/gateway-under-test';
import { OfflineBackend } from '../run/offline-backend';
import { runTests } from '../run/run-tests';
import type { Suggestion } from '../suggestion/render-suggestion';
import { TestSuggester } from '../suggestion/suggest-test';
import { MutantProofs, withPolicy } from './mutant-proofs';
import { type Mutant, mutantsOf } from './mutants';
import { isValid } from './statement-validity';

/**
 * What became of a mutant. `refused`: Cedar's validator does not take it, so that it could never be deployed. `equal`: it is proved to decide every
 * call as the policy does. `accepted`: it survives, and a test file says why it may.
 */
export type MutantStatus = 'killed' | 'survived' | 'accepted' | 'equal' | 'refused';

export interface MutantReport extends Omit<Mutant, 'text'> {
  readonly status: MutantStatus;
  /** The case that fails on the mutant, the reason in the test file, or why proof cannot say whether a survivor is equal. */
  readonly because?: string;
  /** The missing test of a survivor, where it was asked for and there is one. Several survivors may share it. */
  readonly suggestion?: Suggestion;
}

export interface MutationReport {
  readonly mutants: readonly MutantReport[];
  readonly killed: number;
  readonly survived: number;
  readonly accepted: number;
  /** Mutants that no test can kill: they count neither for the tests nor against them. */
  readonly equal: number;
  readonly refused: number;
  /** Entries of test files about mutants that do not survive. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface MutateOptions {
  /** Told of every mutant when it is judged. @default - nobody */
  readonly onMutant?: (report: MutantReport, done: number, total: number) => void;
  /** Whether to make the missing test of each mutant that survives. @default false */
  readonly suggest?: boolean;
}

/**
 * Plants one fault after the other in the policies and runs the tests on each. A fault that no test notices is one that a
 * reader could make, unless it is proved to change no decision. The tests must pass on the policies as they are.
 */
export async function mutate(
  gateway: GatewayUnderTest,
  files: readonly TestFile[],
  set: PolicySet,
  options: MutateOptions = {},
): Promise<MutationReport> {
  const written = [...set.policies.values()].filter(
    ({ policy }) => policy.origin.file !== GUARD_ORIGIN && policy.baseline === undefined,
  );
  const mutants = written.flatMap((prepared) => mutantsOf(set, prepared).map((mutant) => ({ prepared, mutant })));
  const judge = new Judge(gateway, set, files, options.suggest === true);
  const reports: MutantReport[] = [];
  for (const { prepared, mutant } of mutants) {
    const report = await judge.judge(prepared, mutant);
    if (report === undefined) continue;
    reports.push(report);
    options.onMutant?.(report, reports.length, mutants.length);
  }
  const count = (status: MutantStatus): number => reports.filter((report) => report.status === status).length;
  return {
    mutants: reports,
    killed: count('killed'),
    survived: count('survived'),
    accepted: count('accepted'),
    equal: count('equal'),
    refused: count('refused'),
    diagnostics: superfluous(judge.accepted, reports),
  };
}

/** Tests and proofs, asked about one mutant after the other. */
class Judge {
  readonly accepted: readonly AcceptedSurvivor[];
  private readonly cases: readonly TestCase[];
  private readonly proofs: MutantProofs;
  private readonly suggester: TestSuggester | undefined;
  /** The case that killed the last mutant of a policy: the likeliest to kill the next. */
  private readonly killers = new Map<string, TestCase>();

  constructor(
    private readonly gateway: GatewayUnderTest,
    private readonly set: PolicySet,
    files: readonly TestFile[],
    suggests: boolean,
  ) {
    this.suggester = suggests ? new TestSuggester(gateway, files) : undefined;
    this.accepted = files.flatMap((file) => file.survivors);
    this.cases = files.flatMap((file) => file.cases);
    this.proofs = new MutantProofs(gateway, set);
  }

  /** Undefined for a mutant that is written as the policy is. */
  async judge(prepared: PreparedPolicy, { text, ...mutant }: Mutant): Promise<MutantReport | undefined> {
    const parsed = parseStatement(text);
    if (!parsed.ok || !isValid(this.set, text)) return { ...mutant, status: 'refused' };
    if (JSON.stringify(parsed.json) === JSON.stringify(prepared.json)) return undefined;
    const changed = { policy: { ...prepared.policy, effect: parsed.json.effect }, text, json: parsed.json };
    const killer = await this.killer(prepared, changed);
    if (killer !== undefined) return { ...mutant, status: 'killed', because: killer.name };
    const difference = this.proofs.difference(prepared, changed);
    if (difference.kind === 'never') return { ...mutant, status: 'equal' };
    const accepted = this.accepted.find((entry) => entry.mutant === mutant.id);
    if (accepted !== undefined) return { ...mutant, status: 'accepted', because: accepted.reason };
    if (difference.kind === 'undecided') return { ...mutant, status: 'survived', because: difference.reason };
    const suggestion = await this.suggester?.suggest({
      name: mutant.id,
      original: this.set,
      mutant: withPolicy(this.set, changed),
      comparison: this.proofs.comparison(prepared, changed),
      telling: difference.found,
      isLogOnly: prepared.policy.enforcementMode === 'LOG_ONLY',
    });
    return { ...mutant, status: 'survived', ...(suggestion === undefined ? {} : { suggestion }) };
  }

  /** The first case that fails on the mutant. */
  private async killer(prepared: PreparedPolicy, changed: PreparedPolicy): Promise<TestCase | undefined> {
    const { id } = changed.policy;
    const backend = new OfflineBackend(this.gateway, withPolicy(this.set, changed));
    const able = casesFor(this.set, [prepared, changed], this.cases, this.killers.get(id));
    const file = { file: '', personas: [], cases: able, survivors: [] };
    const report = await runTests([file], backend, { failFast: true });
    const failed = report.files[0]?.cases.findIndex(({ status }) => status === 'failed') ?? -1;
    const killer = able[failed];
    if (killer !== undefined) this.killers.set(id, killer);
    return killer;
  }
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

function superfluous(accepted: readonly AcceptedSurvivor[], reports: readonly MutantReport[]): Diagnostic[] {
  const surviving = reports.filter(({ status }) => status === 'survived').map(({ id }) => id);
  return accepted.flatMap(({ mutant, location }) => {
    const status = reports.find((report) => report.id === mutant)?.status;
    if (status === 'accepted') return [];
    if (status === 'equal') return [diagnostic('TEST_SURVIVOR_EQUAL', { mutant }, { location })];
    return [diagnostic('TEST_SURVIVOR_UNKNOWN', { mutant, suggestion: suggest(mutant, surviving) }, { location })];
  });
}
