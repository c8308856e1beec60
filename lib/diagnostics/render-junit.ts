import { type Diagnostic, isError } from './diagnostic';
import { renderText } from './render-text';
import { attributes, xml } from './xml';

/**
 * Findings as JUnit XML, one test case for each: errors fail it, others are shown as skipped. Without findings, one case passes, because
 * readers of JUnit take an empty report for a run that did not happen.
 */
export function renderFindingsJUnit(diagnostics: readonly Diagnostic[]): string {
  const failures = diagnostics.filter(isError).length;
  const tests = Math.max(1, diagnostics.length);
  const counts = attributes({ tests, failures, skipped: diagnostics.length - failures });
  const cases =
    diagnostics.length === 0
      ? ['    <testcase name="no findings" classname="validate"/>\n']
      : diagnostics.map(renderOne);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="validate"${counts}>\n  <testsuite name="validate"${counts}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`;
}

function renderOne(finding: Diagnostic): string {
  const { code, message, help, location } = finding;
  const place = location === undefined ? '' : attributes({ file: location.file, line: location.line });
  const open = `    <testcase name="${xml(message)}" classname="${xml(`validate.${code}`)}"${place}>`;
  const body = isError(finding)
    ? `<failure message="${xml(help)}">${xml(renderText([finding]))}</failure>`
    : `<skipped message="${xml(help)}"/>`;
  return `${open}\n      ${body}\n    </testcase>\n`;
}
