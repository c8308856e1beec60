import { plain } from '../../decisions/tables';
import { barChart } from './bar-chart';
import type { Block, Cell, Mark, Page, Section, Tone } from './block';
import { escapeHtml } from './escape-html';
import { STYLE } from './style';

/** Characters of a cell, and of a paragraph. */
const MAX_CELL = 1_000;

/**
 * A page in one file: no script, nothing loaded from anywhere, and a policy that lets nothing be. Whatever stands in names, reasons and
 * descriptions is text.
 */
export function htmlPage({ title, subtitle, marks, sections }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${shown(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${shown(title)}</h1>
<p>${shown(subtitle)}</p>
</header>
<ul class="marks">${marks.map(mark).join('')}</ul>
<nav><ol>${sections.map(({ id, title: name }) => `<li><a href="#${id}">${shown(name)}</a></li>`).join('')}</ol></nav>
<main>
${sections.map(section).join('\n')}
</main>
</body>
</html>
`;
}

function mark({ section: id, label, value }: Mark): string {
  return `<li${toned(value.tone)}><a href="#${id}"><b>${shown(value.text)}</b><span>${shown(label)}</span></a></li>`;
}

function section({ id, title, blocks }: Section): string {
  return `<section id="${id}">\n<h2>${shown(title)}</h2>\n${blocks.map(block).join('\n')}\n</section>`;
}

function block(one: Block): string {
  switch (one.kind) {
    case 'text':
      return `<p${toned(one.tone)}>${shown(one.text)}</p>`;
    case 'facts':
      return `<dl>${one.facts.map(([name, value]) => `<div><dt>${shown(name)}</dt><dd>${inline(value)}</dd></div>`).join('')}</dl>`;
    case 'table':
      return table(one);
    case 'code':
      return `<figure><figcaption>${shown(one.title)}</figcaption><pre>${lines(one.text)}</pre></figure>`;
    case 'bars':
      return barChart(one);
    default:
      return one satisfies never;
  }
}

function table({ head, rows, numbers = [] }: Extract<Block, { kind: 'table' }>): string {
  if (rows.length === 0) return '<p>None.</p>';
  const align = (column: number): string => (numbers.includes(column) ? ' class="number"' : '');
  const heads = head.map((name, column) => `<th scope="col"${align(column)}>${shown(name)}</th>`).join('');
  const body = rows
    .map((row) => {
      // On a narrow screen each cell stands on a line of its own, behind the name of its column.
      const cells = row.map((one, column) => {
        const name = head[column] ?? '';
        return `<td${align(column)} data-head="${shown(name)}">${inline(one)}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  return `<table><thead><tr>${heads}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function inline({ text, tone }: Cell): string {
  const inner = breakable(shown(text));
  return tone === undefined || tone === 'plain' ? inner : `<em${toned(tone)}>${inner}</em>`;
}

/** Long names break behind their parts and not in the middle of a word. */
function breakable(html: string): string {
  return html.replace(/[_/.:]+(?=\w)/g, '$&<wbr>');
}

function toned(tone: Tone | undefined): string {
  return tone === undefined || tone === 'plain' ? '' : ` class="${tone}"`;
}

function shown(text: string): string {
  return escapeHtml(plain(text, MAX_CELL));
}

function lines(text: string): string {
  const all = text.split(/\r\n|[\r\n]/).map((line) => escapeHtml(plain(line.replaceAll('\t', '  '), 2_000)));
  return all.join('\n');
}
