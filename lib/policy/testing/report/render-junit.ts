import { attributes, xml } from '../../../diagnostics/xml';
import type { CaseReport, FileReport, TestReport } from '../run/report';

/** The run as JUnit XML, one suite per file. */
export function renderJUnit(report: TestReport): string {
  const total = report.passed + report.failed + report.notApplicable;
  const counts = attributes({ tests: total, failures: report.failed, skipped: report.notApplicable });
  const suites = report.files.map((file) => renderSuite(report.backend, file));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(report.backend)}"${counts}>\n${suites.join('')}</testsuites>\n`;
}

function renderSuite(backend: string, { file, cases }: FileReport): string {
  const count = (status: CaseReport['status']): number => cases.filter((entry) => entry.status === status).length;
  const counts = attributes({ tests: cases.length, failures: count('failed'), skipped: count('not-applicable') });
  const rendered = cases.map((entry) => renderCase(backend, file, entry));
  return `  <testsuite name="${xml(file)}"${counts}>\n${rendered.join('')}  </testsuite>\n`;
}

function renderCase(backend: string, file: string, entry: CaseReport): string {
  const { line } = entry.location;
  const open = `    <testcase name="${xml(entry.name)}" classname="${xml(`${backend}.${file}`)}"${attributes({ file, line })}`;
  if (entry.status === 'passed') return `${open}/>\n`;
  if (entry.status === 'not-applicable') {
    return `${open}>\n      <skipped message="${xml(entry.why.join('; '))}"/>\n    </testcase>\n`;
  }
  const message = `expected ${entry.expected}, got ${entry.got}`;
  const text = [`persona: ${entry.persona}`, `call: ${entry.tool ?? 'tools/list'}`, ...entry.why].join('\n');
  return `${open}>\n      <failure message="${xml(message)}">${xml(text)}</failure>\n    </testcase>\n`;
}
