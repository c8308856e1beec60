// Draws what `/emulator/dashboard` says, again every two seconds. Names come from callers: everything goes into the page as text.
'use strict';

const INTERVAL = 2_000;
const COLORS = ['#2f6fde', '#c2410c', '#15803d', '#a21caf', '#b45309', '#0e7490', '#be123c', '#6d28d9'];
const SVG = 'http://www.w3.org/2000/svg';
const $ = (id) => document.getElementById(id);

function element(name, content = [], properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...[content].flat());
  return made;
}

function drawing(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const number = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 1 : 0));
const clock = (time) =>
  new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const colorOf = ({ color }, index) => color ?? COLORS[index % COLORS.length];

/** The few marks of Markdown that the header uses. */
function textOf(markdown) {
  return markdown.split('\n').map((line) => {
    const title = /^# (.*)$/.exec(line)?.[1];
    if (title !== undefined) return element('h1', title);
    const parts = line.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part) => {
      if (part.startsWith('**')) return element('strong', part.slice(2, -2));
      return part.startsWith('`') ? element('code', part.slice(1, -1)) : part;
    });
    return element('p', parts);
  });
}

function legend(series) {
  const items = series.map((one, index) => {
    const mark = drawing(
      'svg',
      { viewBox: '0 0 10 10' },
      drawing('circle', { cx: 5, cy: 5, r: 5, fill: colorOf(one, index) }),
    );
    return element('li', [mark, ` ${one.label} `, element('output', number(one.total))]);
  });
  return element('ul', items);
}

function chart({ series, stacked, title }, { from, to }) {
  if (series.length === 0) return [element('p', 'nothing yet', { className: 'empty' })];
  const steps = series[0].values.length;
  const below = new Array(steps).fill(0);
  const lines = series.map(({ values }) =>
    values.map((value, at) => {
      const base = stacked ? below[at] : 0;
      if (stacked) below[at] += value;
      return { base, top: base + value };
    }),
  );
  const max = Math.max(1, ...lines.flat().map(({ top }) => top));
  const x = (at) => ((at / Math.max(1, steps - 1)) * 100).toFixed(2);
  const y = (value) => (50 - (value / max) * 48).toFixed(2);
  const shapes = lines.map((line, index) => {
    const color = colorOf(series[index], index);
    const top = line.map((point, at) => `${x(at)},${y(point.top)}`);
    if (!stacked) {
      return drawing('polyline', {
        points: top.join(' '),
        fill: 'none',
        stroke: color,
        'stroke-width': 2,
        'vector-effect': 'non-scaling-stroke',
      });
    }
    const back = line.map((point, at) => `${x(at)},${y(point.base)}`).reverse();
    return drawing('polygon', { points: [...top, ...back].join(' '), fill: color, 'fill-opacity': 0.75 });
  });
  const graph = drawing(
    'svg',
    { viewBox: '0 0 100 50', preserveAspectRatio: 'none', role: 'img', 'aria-label': title },
    ...shapes,
  );
  const scale = element(
    'div',
    [element('span', clock(from)), element('span', `up to ${number(max)}`), element('span', clock(to))],
    { className: 'scale' },
  );
  return [graph, scale, legend(series)];
}

function table({ columns, rows }) {
  if (rows.length === 0) return element('p', 'nothing yet', { className: 'empty' });
  const head = element(
    'tr',
    columns.map((column) => element('th', column.replace(/^.*[.@]/, ''))),
  );
  const lines = rows.map((row) =>
    element(
      'tr',
      row.map((cell) => element('td', cell)),
    ),
  );
  return element('div', element('table', [element('thead', head), element('tbody', lines)]), { className: 'scroll' });
}

function content(widget, range) {
  const title = element('h2', widget.title);
  switch (widget.kind) {
    case 'text':
      return textOf(widget.markdown);
    case 'chart':
      return [title, ...chart(widget, range)];
    case 'values':
      return [title, legend(widget.series)];
    case 'table':
      return [title, table(widget.table)];
    default:
      return [title, element('p', 'only CloudWatch can draw this', { className: 'empty' })];
  }
}

function draw({ path, from, to, widgets }) {
  $('path').textContent = path;
  $('range').textContent = `${clock(from)} to ${clock(to)}`;
  $('problem').hidden = widgets !== null;
  if (widgets === null) {
    $('problem').textContent = 'The app has no dashboard: give its gateway observability, and synthesize again.';
    $('widgets').replaceChildren();
    return;
  }
  const scrolled = [...document.querySelectorAll('.scroll')].map(({ scrollTop }) => scrollTop);
  const boxes = widgets.map((widget) => {
    const box = element('section', content(widget, { from, to }), { className: widget.kind });
    const { column, row, width, height } = widget.place;
    box.style.gridColumn = `${column} / span ${width}`;
    box.style.gridRow = `${row} / span ${height}`;
    return box;
  });
  $('widgets').replaceChildren(...boxes);
  document.querySelectorAll('.scroll').forEach((box, index) => {
    box.scrollTop = scrolled[index] ?? 0;
  });
}

async function refresh() {
  try {
    const answer = await fetch('/emulator/dashboard');
    if (!document.hidden) draw(await answer.json());
  } catch {
    $('problem').textContent = 'The emulator does not answer.';
    $('problem').hidden = false;
  }
  setTimeout(refresh, INTERVAL);
}

void refresh();
