import { markdownTable, plain } from '../tables';
import type { PromotionCheck, PromotionReport } from './verdict';

/** The verdict and its reasons, for people. */
export function promotionText({ promote, checks, policies }: PromotionReport, format: 'text' | 'markdown'): string {
  const parts = [
    `${promote ? 'yes' : 'no'}: the gateway ${promote ? 'may' : 'may not'} go to ENFORCE`,
    section(checks, format),
    ...policies.map(
      (one) =>
        `${one.promote ? 'yes' : 'no'}: policy ${plain(one.policy)} ${one.promote ? 'may' : 'may not'} become ACTIVE\n\n${section(one.checks, format)}`,
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(checks: readonly PromotionCheck[], format: 'text' | 'markdown'): string {
  if (format === 'markdown')
    return markdownTable([
      ['condition', 'holds', ''],
      ...checks.map(({ name, answer, detail }) => [name, answer, detail]),
    ]);
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ name, answer, detail }) => `  ${MARKS[answer]} ${name.padEnd(width)}  ${lineOf(detail)}`)
    .join('\n');
}

const MARKS = { yes: 'ok     ', no: 'NO     ', unknown: 'UNKNOWN', 'not asked': '-      ' } as const;

/** One line without control characters, whatever names callers have. */
function lineOf(text: string): string {
  return text
    .split('; ')
    .map((part) => plain(part))
    .join('; ');
}
