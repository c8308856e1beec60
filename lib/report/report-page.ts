import { percentText } from '../policy/testing/report/render-report';
import type { GatewayReport, Known } from './gateway-report';
import { type Cell, cell, type Mark, type Page, type Section, timeText } from './render/block';
import { changesSection, driftSection, locksSection } from './sections/deployment';
import { accessSection, proofsSection, testsSection } from './sections/evidence';
import { decisionsSection, denialsSection } from './sections/operation';
import { gatewaySection, modeSection } from './sections/overview';
import { policiesSection, statementsSection } from './sections/policies';
import { modeTone, noneIsGood } from './sections/tones';

/** The sections in their order. To add one: a function in sections/, and a line here. */
const SECTIONS: readonly ((report: GatewayReport) => Section)[] = [
  gatewaySection,
  modeSection,
  policiesSection,
  accessSection,
  testsSection,
  proofsSection,
  decisionsSection,
  denialsSection,
  driftSection,
  locksSection,
  changesSection,
  statementsSection,
];

/** A report as a page. */
export function reportPage(report: GatewayReport): Page {
  const { gateway, made } = report;
  return {
    title: `Gateway ${gateway.name ?? gateway.path}`,
    subtitle: `${gateway.path}, as of ${timeText(made)}. Times are in UTC.`,
    marks: marksOf(report),
    sections: SECTIONS.map((section) => section(report)),
  };
}

function marksOf({ gateway, tests, invariants, decisions, deployment }: GatewayReport): Mark[] {
  return [
    { section: 'mode', label: 'Mode', value: modeMark(gateway.mode, deployment) },
    {
      section: 'tests',
      label: 'Policy tests',
      value: ifKnown(tests, ({ report: { passed, failed } }) =>
        failed === 0 ? cell(`${passed} passed`, 'good') : cell(`${failed} of ${passed + failed} failed`, 'bad'),
      ),
    },
    {
      section: 'tests',
      label: 'Coverage',
      value: ifKnown(tests, ({ coverage }) =>
        coverage === undefined ? cell('not measured', 'unknown') : cell(percentText(coverage)),
      ),
    },
    {
      section: 'proofs',
      label: 'Properties',
      value: ifKnown(invariants, (all) => {
        const proved = all.filter(({ verdict }) => verdict === 'proved').length;
        return cell(`${proved} of ${all.length} proved`, noneIsGood(all.length - proved));
      }),
    },
    {
      section: 'decisions',
      label: 'Calls',
      value: ifKnown(decisions, ({ summary }) => cell(summary.total.toLocaleString('en-US'))),
    },
    {
      section: 'denials',
      label: 'Did not pass',
      value: ifKnown(decisions, ({ summary: { verdicts } }) =>
        cell((verdicts.denied + verdicts.refused + verdicts.undecided).toLocaleString('en-US')),
      ),
    },
    {
      section: 'drift',
      label: 'Drift',
      value: ifKnown(deployment, ({ differences }) => {
        const drift = differences.filter(({ isDrift }) => isDrift).length;
        return cell(drift === 0 ? 'none' : drift, noneIsGood(drift));
      }),
    },
    {
      section: 'locks',
      label: 'Locks in force',
      value: ifKnown(deployment, ({ locks }) => {
        const inForce = locks.filter((lock) => lock.inForce).length;
        return cell(inForce === 0 ? 'none' : inForce, noneIsGood(inForce));
      }),
    },
  ];
}

/** The deployed mode counts; the declared one stands in for it, and says so. */
function modeMark(declared: string, deployment: GatewayReport['deployment']): Cell {
  if (!deployment.known) return cell(`${declared} (declared)`, modeTone(declared));
  const { mode } = deployment.value;
  return cell(mode ?? 'no engine', modeTone(mode));
}

function ifKnown<T>(known: Known<T>, show: (value: T) => Cell): Cell {
  return known.known ? show(known.value) : cell('not known', 'unknown');
}
