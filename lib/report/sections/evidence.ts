import type { AccessMatrix } from '../../policy/access/access-matrix';
import { cellText, legend } from '../../policy/access/render-matrix';
import { percentText } from '../../policy/testing/report/render-report';
import type { GatewayReport, ReportedInvariant, ReportedTests } from '../gateway-report';
import { type Block, cell, notKnown, type Section, type Tone } from '../render/block';
import { noneIsGood } from './tones';

/** Who may use what. */
export function accessSection({ access }: GatewayReport): Section {
  return { id: 'access', title: 'Access', blocks: access.known ? matrix(access.value) : [notKnown(access.why)] };
}

function matrix(value: AccessMatrix): Block[] {
  return [
    {
      kind: 'table',
      head: ['Tool', ...value.personas],
      rows: value.tools.map(({ tool, cells }) => [cell(tool), ...cells.map((one) => cell(unquoted(cellText(one))))]),
    },
    { kind: 'text', text: unquoted(legend(value)) },
  ];
}

/** Backticks mean something in Markdown alone. */
function unquoted(text: string): string {
  return text.replaceAll('`', '');
}

/** What the tests of the policies show. */
export function testsSection({ tests }: GatewayReport): Section {
  return { id: 'tests', title: 'Policy tests', blocks: tests.known ? results(tests.value) : [notKnown(tests.why)] };
}

function results({ report, coverage, gaps }: ReportedTests): Block[] {
  const failed = report.files.flatMap(({ file, cases }) =>
    cases.filter(({ status }) => status === 'failed').map((one) => ({ file, ...one })),
  );
  return [
    {
      kind: 'facts',
      facts: [
        ['Passed', cell(report.passed, report.failed === 0 && report.passed > 0 ? 'good' : 'plain')],
        ['Failed', cell(report.failed, noneIsGood(report.failed))],
        ['Not applicable', cell(report.notApplicable)],
        ['Coverage', coverage === undefined ? cell('not measured', 'unknown') : cell(percentText(coverage))],
      ],
    },
    {
      kind: 'table',
      head: ['Test file', 'Cases', 'Passed'],
      rows: report.files.map(({ file, cases }) => [
        cell(file),
        cell(cases.length),
        cell(cases.filter(({ status }) => status === 'passed').length),
      ]),
      numbers: [1, 2],
    },
    ...table(
      ['Failed test', 'In', 'Expected', 'Got', 'Why'],
      failed.map(({ name, file, expected, got, why }) => [name, file, expected, got, why.join('; ')]),
    ),
    ...table(
      ['Policy that the tests see in part', 'Seen', 'Of'],
      gaps.map(({ policy, seen, total }) => [policy, String(seen), String(total)]),
      [1, 2],
    ),
  ];
}

/** Proofs for every call there can be. */
export function proofsSection({ invariants }: GatewayReport): Section {
  return {
    id: 'proofs',
    title: 'Proved properties',
    blocks: invariants.known ? verdicts(invariants.value) : [notKnown(invariants.why)],
  };
}

const TONES: { readonly [verdict in ReportedInvariant['verdict']]: Tone } = {
  proved: 'good',
  broken: 'bad',
  undecided: 'unknown',
  vacuous: 'bad',
};

function verdicts(invariants: readonly ReportedInvariant[]): Block[] {
  return [
    {
      kind: 'table',
      head: ['Verdict', 'Property', 'Tools', 'Detail'],
      rows: invariants.map(({ sentence, verdict, tools, detail }) => [
        cell(verdict, TONES[verdict]),
        cell(sentence),
        cell(tools.join(', ') || undefined),
        cell(detail),
      ]),
    },
    { kind: 'text', text: 'Proved means: for every caller, every argument and every time.' },
  ];
}

/** A table where there is something to show. */
function table(head: readonly string[], rows: readonly (readonly string[])[], numbers?: readonly number[]): Block[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.map((text) => cell(text)));
  return [{ kind: 'table', head, rows: cells, ...(numbers === undefined ? {} : { numbers }) }];
}
