import type { Access, AccessCell, AccessMatrix } from './access-matrix';

const WORDS: { readonly [A in Access]: string } = { always: 'yes', sometimes: 'depends', never: '-' };

/** The matrix as a Markdown table, tools down and personas across, tests in brackets. */
export function renderMatrix(matrix: AccessMatrix): string {
  const header = ['tool', ...matrix.personas];
  const rows = matrix.tools.map(({ tool, cells }) => [`\`${tool}\``, ...cells.map(cellText)]);
  const table = [header, header.map(() => '---'), ...rows].map((row) => `| ${row.map(escapePipes).join(' | ')} |`);
  const legend = '`yes`: whatever the arguments are; `depends`: for some arguments; `-`: never. In brackets: tests.';
  return `${table.join('\n')}\n\n${legend}\n`;
}

function cellText({ access, tests }: AccessCell): string {
  const count = tests.ALLOW + tests.DENY + tests.ERROR;
  return `${WORDS[access]} (${count})`;
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
