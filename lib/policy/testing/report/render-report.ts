import type { Location } from '../../../diagnostics/diagnostic';
import type { MutationReport } from '../mutation/mutate';
import type { ConditionCoverage, CoverageReport } from '../run/coverage';
import type { CaseReport, TestReport } from '../run/report';
import { type Suggestion, suggestionLines } from '../suggestion/render-suggestion';

/** The run as text: what failed and why, what was not run, and the counts. */
export function renderReport(report: TestReport): string {
  const lines = report.files.flatMap((file) => {
    const shown = file.cases.filter((entry) => entry.status !== 'passed');
    const passed = file.cases.length - shown.length;
    return [`${file.file}: ${passed} of ${file.cases.length} passed`, ...shown.flatMap(renderCase)];
  });
  const counts = [`${report.passed} passed`, `${report.failed} failed`];
  if (report.notApplicable > 0) counts.push(`${report.notApplicable} not applicable`);
  const unchecked = report.unchecked > 0 ? `; ${report.unchecked} expectations cannot be checked here` : '';
  return [...lines, `${report.backend}: ${counts.join(', ')}${unchecked}`, ''].join('\n');
}

function renderCase(entry: CaseReport): string[] {
  if (entry.status === 'not-applicable') return [`  skipped: ${entry.name}`, `    because   ${entry.why.join('; ')}`];
  const call = entry.tool === undefined ? 'tools/list' : `${entry.tool} ${argumentsText(entry.arguments)}`;
  return [
    `  FAILED: ${entry.name}`,
    `    at        ${place(entry.location)}`,
    `    persona   ${entry.persona}`,
    `    call      ${call}`,
    `    expected  ${entry.expected}`,
    `    got       ${entry.got}`,
    ...entry.why.map((reason, index) => `    ${index === 0 ? 'why' : '   '}       ${reason}`),
  ];
}

function argumentsText(value: unknown): string {
  return value === undefined ? '(no arguments)' : JSON.stringify(value);
}

/** Coverage as text: the percentage, and every expression that was not seen both ways. */
export function renderCoverage(coverage: CoverageReport): string {
  const lines = coverage.policies.flatMap((policy) => {
    const { seen, total } = policy.points;
    if (seen === total) return [];
    const gaps = policy.conditions.flatMap(conditionGap);
    const unapplied = policy.applied
      ? []
      : [`    ${place(policy.location)}: the policy ${policy.reached ? 'never applied' : 'was never reached'}`];
    return [`  ${policy.policy}: ${seen} of ${total}`, ...unapplied, ...gaps];
  });
  const { seen, total } = coverage.points;
  return [`coverage: ${percentText(coverage.percent)} (${seen} of ${total})`, ...lines, ''].join('\n');
}

/** Rounded down, so that 100 % means all. */
export function percentText(percent: number): string {
  return `${Math.floor(percent * 10) / 10} %`;
}

function conditionGap(condition: ConditionCoverage): string[] {
  const missing = [...(condition.seenTrue ? [] : ['true']), ...(condition.seenFalse ? [] : ['false'])];
  if (missing.length === 0) return [];
  return [`    ${place(condition.location)}: never seen ${missing.join(' or ')}: ${oneLine(condition.text)}`];
}

/** The mutation run as text: every survivor with its line. */
export function renderMutation(mutation: MutationReport): string {
  const survivors = mutation.mutants.filter((mutant) => mutant.status === 'survived');
  const { killed, survived, accepted, equal, refused } = mutation;
  const others = [
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
    ...(equal > 0 ? [`${equal} equal for every call`] : []),
    `${refused} refused by validation`,
  ];
  const shown = new Set<Suggestion>();
  return [
    `mutants: ${killed} killed, ${survived} survived, ${others.join(', ')}`,
    ...survivors.flatMap((mutant) => [
      `  ${place(mutant.location)}: no test notices: ${mutant.id}`,
      ...(mutant.because === undefined ? [] : [`    whether any call could is undecided: ${mutant.because}`]),
      ...suggested(mutant.suggestion, shown).map((line) => `    ${line}`),
    ]),
    '',
  ].join('\n');
}

/** A test that notices several mutants is shown once. */
function suggested(suggestion: Suggestion | undefined, shown: Set<Suggestion>): string[] {
  if (suggestion === undefined) return [];
  if (shown.has(suggestion)) return [`the test \`${suggestion.test.name}\` notices it too`];
  shown.add(suggestion);
  return suggestionLines(suggestion);
}

function place({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
