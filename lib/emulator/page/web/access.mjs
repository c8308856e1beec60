// Who may use which tools, and who sees them: a page of the matrix, with the reason of a cell beneath its row.
import { get } from './api.mjs';
import { button, fold, h, json, prose } from './dom.mjs';
import { pager } from './pager.mjs';
import { policyVerdicts } from './policy-verdict.mjs';
import { reasonOf } from './verdict.mjs';

const CELLS = {
  always: { mark: '✓', text: 'always', tone: 'ALLOW' },
  sometimes: { mark: '~', text: 'depends', tone: 'LOG_ONLY' },
  never: { mark: '–', text: 'never', tone: 'muted' },
  undecided: { mark: '?', text: 'not decided', tone: 'muted' },
};

const table = h('table', { className: 'matrix' });
const legend = h(
  'p',
  { className: 'muted' },
  'always: whatever the arguments are. depends: for some arguments or times. never: for none. Hidden tools are not in the list that the agent gets. Choose a cell to see why.',
);

const pages = pager('Access', 'tools', async (from, text) => {
  const { personas, rows, total } = await get('access', { from, text });
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'Tool'),
    personas.map((name) => h('th', { scope: 'col' }, name)),
  );
  const show = () =>
    table.replaceChildren(
      h('thead', {}, head),
      h(
        'tbody',
        {},
        rows.map((row) => toolRow(row, personas)),
      ),
    );
  return { total, count: rows.length, show };
});

function toolRow({ tool, cells }, personas) {
  const row = h('tr', {}, h('th', { scope: 'row' }, h('code', {}, tool)));
  row.append(...cells.map((cell, index) => h('td', {}, cellButton(cell, tool, personas[index], row))));
  return row;
}

function cellButton({ access, listed }, tool, persona, row) {
  const { mark, text, tone } = CELLS[access];
  const hidden = !listed && ', hidden';
  const label = `${persona}, ${tool}: ${text}${listed ? '' : ', hidden'}`;
  const content = [h('span', { 'aria-hidden': 'true' }, `${mark} `), text, hidden];
  const made = button(content, () => why(made, tool, persona, row), { className: `cell ${tone}`, 'aria-label': label });
  made.setAttribute('aria-expanded', 'false');
  return made;
}

/** Opens the reason beneath the row, or closes it. */
async function why(cell, tool, persona, row) {
  const isOpen = cell.getAttribute('aria-expanded') === 'true';
  for (const open of table.querySelectorAll('[aria-expanded=true]')) open.setAttribute('aria-expanded', 'false');
  table.querySelector('.why-row')?.remove();
  if (isOpen) return;
  cell.setAttribute('aria-expanded', 'true');
  const inside = h('td', { colSpan: row.cells.length }, 'Looking for proofs …');
  row.after(h('tr', { className: 'why-row' }, inside));
  const reason = await get('reason', { tool, persona });
  inside.replaceChildren(h('div', { className: 'why', role: 'status' }, reasonParts(reason, tool, persona)));
}

function reasonParts(reason, tool, persona) {
  const { access, dependsOn = [], listed, example } = reason;
  const query = new URLSearchParams({ tool, persona, arguments: JSON.stringify(example.arguments) });
  return [
    h('h3', {}, persona, ', ', h('code', {}, tool), `: ${CELLS[access].text}`),
    dependsOn.length > 0 && h('ul', {}, dependsOn.map(decider)),
    h('p', {}, listing(access, listed)),
    h('p', { className: 'actions' }, h('a', { className: 'button', href: `#try?${query}` }, 'Try it')),
    h('h4', {}, 'For example'),
    fold('Arguments of the example', () => json(example.arguments)),
    reasonOf(example.record),
    ...policyVerdicts(example.policies, example.record),
  ];
}

function decider({ on, examples }) {
  const name = on === 'context.system.now' ? 'the time' : h('code', {}, on);
  const values = examples.flatMap(({ value, outcome }, index) => [
    index > 0 ? ', ' : ': ',
    value === undefined ? 'absent' : h('code', {}, JSON.stringify(value)),
    ` gives ${outcome}`,
  ]);
  return h('li', {}, 'Depends on ', name, ...values);
}

function listing(access, listed) {
  if (listed)
    return access === 'never'
      ? prose('The agent sees the tool, although no call of it gets through.')
      : 'The agent sees the tool.';
  if (access === 'never') return 'Hidden from the agent: no call of it could be allowed.';
  return 'Hidden from the agent, although some call could be allowed: an interceptor takes it out of the list.';
}

export const access = {
  open(view, { state }) {
    if (view.childElementCount === 0) {
      const scroll = h(
        'div',
        { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Access by tool and persona' },
        table,
      );
      view.append(pages.bar, legend, scroll);
    }
    if (state !== undefined) void pages.open();
  },
};
