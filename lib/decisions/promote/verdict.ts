import type { Evidence, PolicyEvidence } from './evidence';

/** One condition of a promotion. `unknown` holds it up as `no` does: what nobody looked at is no evidence. */
export interface PromotionCheck {
  readonly name: string;
  readonly answer: 'yes' | 'no' | 'unknown' | 'not asked';
  readonly detail: string;
}

export interface PromotionReport {
  readonly promote: boolean;
  readonly checks: readonly PromotionCheck[];
  /** The same for each policy in LOG_ONLY: whether it may become ACTIVE. */
  readonly policies: readonly {
    readonly policy: string;
    readonly promote: boolean;
    readonly checks: readonly PromotionCheck[];
  }[];
  readonly evidence: Pick<Evidence, 'from' | 'to' | 'decided' | 'wouldBeDenials'>;
}

/** Terms of a promotion: how much evidence is enough. */
export interface PromotionTerms {
  readonly minDecisions: number;
  readonly minDays: number;
  /** Full names of every tool. */
  readonly tools: readonly string[];
}

/** Findings beside the calls; a text says what is wrong, an empty list that nothing is. */
export interface PromotionFindings {
  readonly validation: readonly string[];
  readonly failedTests: readonly string[];
  readonly tests: number;
  /** Differences between what is deployed and what is declared; undefined where there is no deployment to look at. */
  readonly drift: readonly string[] | undefined;
}

const DAY = 86_400_000;

/** Whether a gateway may go to ENFORCE, and each of its policies from LOG_ONLY to ACTIVE. */
export function promotionOf(evidence: Evidence, terms: PromotionTerms, findings: PromotionFindings): PromotionReport {
  const checks = [...evidenceChecks(evidence, terms), ...findingChecks(findings)];
  const shared = checks.filter(({ name }) => SHARED.includes(name));
  const policies = [...evidence.logOnly].map(([policy, own]) => {
    const all = [...policyChecks(own, terms), ...shared];
    return { policy, promote: all.every(holds), checks: all };
  });
  const { from, to, decided, wouldBeDenials } = evidence;
  return { promote: checks.every(holds), checks, policies, evidence: { from, to, decided, wouldBeDenials } };
}

const SHARED: readonly string[] = ['long enough', 'policies are valid', 'policy tests pass', 'deployed as declared'];

function holds({ answer }: PromotionCheck): boolean {
  return answer === 'yes' || answer === 'not asked';
}

function evidenceChecks(evidence: Evidence, { minDecisions, minDays, tools }: PromotionTerms): PromotionCheck[] {
  const { decided, from, to, wouldBeDenials, undecidable, unsettled, mismatched, knowsMismatched } = evidence;
  const days = from === undefined || to === undefined ? 0 : (Date.parse(to) - Date.parse(from)) / DAY;
  const unseen = tools.filter((tool) => !evidence.tools.has(tool));
  const unexpected = wouldBeDenials.filter(({ expected }) => !expected);
  const undecided = evidence.verdicts.get('undecided') ?? 0;
  const wrong = unexpected.map(
    ({ tool, caller = 'an unknown caller', policies, calls }) =>
      `${tool} for ${caller}: ${calls} (${policies?.join(', ') || 'no policy permits'})`,
  );
  return [
    check('enough decisions', decided >= minDecisions, `${decided} of ${minDecisions}`),
    check('long enough', days >= minDays, `${days.toFixed(1)} of ${minDays} days`),
    check(
      'every tool seen',
      unseen.length === 0,
      unseen.length === 0 ? `${tools.length} tools` : `never called: ${unseen.join(', ')}`,
    ),
    check(
      'would-be denials are expected',
      unexpected.length === 0,
      wrong.length === 0 ? expectedText(wouldBeDenials.length) : wrong.slice(0, 10).join('; '),
    ),
    check(
      'no undecided call',
      undecided === 0,
      undecided === 0 ? 'none' : `${undecided} calls: a policy errs, or arguments do not fit`,
    ),
    knowsMismatched || mismatched.size > 0
      ? check(
          'LOG_ONLY policies can be evaluated',
          mismatched.size === 0,
          mismatched.size === 0 ? 'none erred' : [...mismatched].join(', '),
        )
      : unknown('LOG_ONLY policies can be evaluated', 'no spans and no records were read'),
    undecidable === 0
      ? check('every decision is known', true, 'no gap')
      : unknown('every decision is known', `${undecidable} calls without decision in any source`),
    check('settled', true, unsettled === 0 ? 'all calls' : `${unsettled} younger calls are left out`),
  ];
}

function policyChecks(
  { evaluated, unexpected, flips, errors }: PolicyEvidence,
  { minDecisions }: PromotionTerms,
): PromotionCheck[] {
  return [
    check('enough decisions', evaluated >= minDecisions, `${evaluated} of ${minDecisions}`),
    check('changes are expected', unexpected === 0, `${flips} calls would change, ${unexpected} of them unexpected`),
    check('it can be evaluated', errors === 0, errors === 0 ? 'it never erred' : `it erred in ${errors} calls`),
  ];
}

function findingChecks({ validation, failedTests, tests, drift }: PromotionFindings): PromotionCheck[] {
  return [
    check('policies are valid', validation.length === 0, validation.slice(0, 5).join('; ') || 'no findings'),
    check(
      'policy tests pass',
      failedTests.length === 0 && tests > 0,
      failedTests.slice(0, 5).join('; ') || `${tests} passed`,
    ),
    drift === undefined
      ? { name: 'deployed as declared', answer: 'not asked', detail: 'no deployment was named (--gateway)' }
      : check('deployed as declared', drift.length === 0, drift.slice(0, 5).join('; ') || 'no difference'),
  ];
}

function check(name: string, ok: boolean, detail: string): PromotionCheck {
  return { name, answer: ok ? 'yes' : 'no', detail };
}

function unknown(name: string, detail: string): PromotionCheck {
  return { name, answer: 'unknown', detail };
}

function expectedText(kinds: number): string {
  return kinds === 0 ? 'none' : `${kinds} ${kinds === 1 ? 'kind, it is expected' : 'kinds, all expected'}`;
}
