// A call by hand.
import { get, post } from './api.mjs';
import { badge, h, json } from './dom.mjs';
import { verdictOf } from './verdict.mjs';

const persona = h('select');
const tool = h('select', { required: true });
const claims = h('textarea', {
  rows: 4,
  spellcheck: false,
  placeholder: '{ "sub": "someone", "cognito:groups": ["adjusters"] }',
});
const args = h('textarea', { rows: 4, spellcheck: false }, '{}');
const problem = h('p', { role: 'alert', className: 'problem' });
const outcome = h('div', { className: 'outcome', role: 'status' });

const labelled = (text, field) => h('label', {}, text, field);
const form = h(
  'form',
  {},
  labelled('Who', persona),
  labelled('Claims, in place of the persona’s token', claims),
  labelled('Tool', tool),
  labelled('Arguments', args),
  h('p', { className: 'actions' }, h('button', { type: 'submit' }, 'Call')),
  problem,
);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  try {
    const own = claims.value.trim() === '' ? {} : { claims: objectIn(claims) };
    const input = { persona: persona.value, tool: tool.value, arguments: objectIn(args), ...own };
    show(await post('call', input));
  } catch (error) {
    problem.textContent = error instanceof SyntaxError ? 'Claims and arguments must be JSON objects.' : error.message;
  }
});

function show({ answer, record }) {
  const { text, tone } = verdictOf(record);
  outcome.replaceChildren(
    h('p', { className: `reason ${tone}` }, badge(text, tone), record.why !== undefined && ` ${record.why}`),
    json(answer),
  );
}

function objectIn({ value }) {
  const parsed = JSON.parse(value.trim() === '' ? '{}' : value);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new SyntaxError('not an object');
  return parsed;
}

async function fill(number) {
  const { record, claims: own, sent } = await get('story', { call: number });
  tool.value = record.tool;
  args.value = JSON.stringify(sent ?? {}, undefined, 2);
  const known = [...persona.options].some(({ value }) => value === record.who);
  if (known) persona.value = record.who;
  claims.value = known ? '' : JSON.stringify(own ?? {}, undefined, 2);
}

export const tryIt = {
  open(place, { state, parameters }) {
    if (place.childElementCount === 0) place.append(h('h2', {}, 'Try a call'), form, outcome);
    if (state === undefined) return;
    options(
      persona,
      state.personas.map(({ name, groups }) => [name, [name, ...groups].join(', ')]),
    );
    options(
      tool,
      state.tools.map(({ name }) => [name, name]),
    );
    if (parameters.has('call')) void fill(parameters.get('call'));
  },
};

function options(select, entries) {
  const { value } = select;
  select.replaceChildren(...entries.map(([name, label]) => h('option', { value: name }, label)));
  if (entries.some(([name]) => name === value)) select.value = value;
}
