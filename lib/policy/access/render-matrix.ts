import { TIME } from '../proof/dependence/call-part';
import type { Access } from './access';
import type { AccessCell, AccessMatrix } from './access-matrix';
import type { BaselinePolicy } from './baseline-policies';

const WORDS: { readonly [A in Access]: string } = { always: 'yes', sometimes: 'depends', never: '-', undecided: '?' };

/** The matrix as a Markdown table, tools down and personas across, tests in brackets. */
export function renderMatrix(matrix: AccessMatrix): string {
  const hasClasses = matrix.tools.some(({ classes }) => classes.length > 0);
  const header = ['tool', ...(hasClasses ? ['classes'] : []), ...matrix.personas];
  const rows = matrix.tools.map(({ tool, classes, cells }) => [
    `\`${tool}\``,
    ...(hasClasses ? [classes.join(', ')] : []),
    ...cells.map(cellText),
  ]);
  const table = [header, header.map(() => '---'), ...rows].map((row) => `| ${row.map(escapePipes).join(' | ')} |`);
  const given = (matrix.baselinePolicies ?? []).map(givenLine);
  const list = given.length === 0 ? '' : `\n${given.join('\n')}\n`;
  return `${table.join('\n')}\n\n${legend(matrix)}\n${list}`;
}

/** What a baseline has to do with the matrix, and where that is written. */
function givenLine({ policy, effect, place, tools }: BaselinePolicy): string {
  return `- \`${policy}\` (${place}) ${effect}s calls of ${tools.map((tool) => `\`${tool}\``).join(', ')}`;
}

/** What the words of the cells mean. */
export function legend({ tools }: Pick<AccessMatrix, 'tools'>): string {
  const cells = tools.flatMap((row) => row.cells);
  const words = ['`yes`: whatever the arguments are', '`depends`: for some arguments', '`-`: never'];
  if (cells.some(({ dependsOn }) => dependsOn !== undefined)) {
    words[1] = '`depends on x`: changing `x` alone can change the decision';
  }
  if (cells.some(({ access }) => access === 'undecided')) words.push('`?`: not decided');
  return `${words.join('; ')}. In brackets: tests.`;
}

/** A cell in words: the access, what it depends on, and the number of tests in brackets. */
export function cellText({ access, dependsOn, tests }: AccessCell): string {
  const count = tests.ALLOW + tests.DENY + tests.ERROR;
  const deciders = (dependsOn ?? []).map(({ on, examples }) => `${nameOf(on)}${examples.length === 0 ? ' (?)' : ''}`);
  return `${WORDS[access]}${deciders.length === 0 ? '' : ` on ${deciders.join(', ')}`} (${count})`;
}

function nameOf(on: string): string {
  return on === TIME.name ? 'the time' : `\`${on}\``;
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
