// A call by hand: decided while it is written, made when somebody says so.
import { get, post } from './api.mjs';
import { argumentsField } from './arguments-field.mjs';
import { callStory } from './call-story.mjs';
import { badge, button, h, json, prose } from './dom.mjs';
import { policyVerdicts } from './policy-verdict.mjs';
import { reasonOf, verdictOf } from './verdict.mjs';
import { whoField } from './who.mjs';

/** Milliseconds without a key after which the call is decided. */
const PAUSE = 200;

const problem = h('p', { className: 'problem', role: 'alert' });
const who = whoField();
const tool = h('select', {});
const about = h('p', { className: 'muted' });
const args = argumentsField((text) => (problem.textContent = text));
const time = h('input', { type: 'datetime-local', step: 1 });
const reason = h('div', { role: 'status' });
const policies = h('div', {});
const everyone = h('div', {});
const outcome = h('div', {});

const form = h(
  'form',
  { noValidate: true },
  who.element,
  h('label', {}, 'Tool', tool),
  about,
  args.element,
  h('label', {}, 'Time of the call for the policies, in UTC (now, if empty)', time),
  problem,
  h(
    'p',
    { className: 'actions' },
    h('button', { type: 'submit' }, 'Call'),
    button('Decide for every persona', () => run(compare)),
  ),
);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void run(call);
});

let pause;
form.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => problem.textContent === '' && run(decide), PAUSE);
});

/** Does something with what is written, or says what is wrong with that. */
async function run(work) {
  try {
    problem.textContent = '';
    await work();
  } catch (error) {
    problem.textContent = error instanceof SyntaxError ? 'Claims must be a JSON object.' : error.message;
  }
}

function written() {
  const now = time.value === '' ? {} : { now: `${time.value}Z` };
  return { ...who.read(), tool: tool.value, arguments: args.read(), ...now };
}

let asked = 0;
async function decide() {
  asked += 1;
  const mine = asked;
  const { record, policies: verdicts } = await post('decide', written());
  // An answer that comes late is none to what is written by now.
  if (mine !== asked) return;
  reason.replaceChildren(reasonOf(record));
  policies.replaceChildren(...policyVerdicts(verdicts, record));
}

async function compare() {
  const rows = (await post('compare', written())).map(({ persona, record }) => {
    const { text, tone } = verdictOf(record);
    const why = record.why ?? record.determining.map((id) => `\`${id}\``).join(', ');
    return h('tr', {}, h('th', { scope: 'row' }, persona), h('td', {}, badge(text, tone)), h('td', {}, prose(why)));
  });
  everyone.replaceChildren(h('h3', {}, 'The same call by every persona'), h('table', {}, h('tbody', {}, rows)));
}

async function call() {
  const { answer, record } = await post('call', written());
  const story = await callStory(record.number);
  outcome.replaceChildren(h('div', { className: 'panel' }, h('h3', {}, 'Answer'), json(answer), ...story));
}

/** Shows the form of the chosen tool, with these arguments. */
async function choose(value) {
  const chosen = await get('tool', { name: tool.value });
  about.textContent = chosen?.description ?? '';
  args.show(chosen?.inputSchema ?? {}, value);
  everyone.replaceChildren();
  await run(decide);
}

tool.addEventListener('change', () => choose({}));

/** Takes over an earlier call, or a persona and a tool. */
async function takeOver(parameters) {
  if (parameters.has('call')) {
    const { record, claims, sent } = await get('story', { call: parameters.get('call') });
    tool.value = record.tool;
    who.fill(record.who, claims);
    return await choose(typeof sent === 'object' ? sent : {});
  }
  if (!parameters.has('tool')) return await choose(args.read());
  tool.value = parameters.get('tool');
  who.fill(parameters.get('persona'));
  return await choose(JSON.parse(parameters.get('arguments') ?? '{}'));
}

let taken;
export const tryIt = {
  async open(place, { state, parameters }) {
    if (place.childElementCount === 0) {
      const left = h('div', { className: 'panel' }, h('h2', {}, 'Try a call'), form);
      const right = h('div', { className: 'panel' }, h('h2', {}, 'Decision while you type'), reason, policies);
      place.append(h('div', { className: 'try' }, left, right), everyone, outcome);
    }
    if (state === undefined) return;
    who.offer(state.personas);
    offer(state.tools);
    const isNews = taken !== parameters.toString();
    taken = parameters.toString();
    await (isNews ? takeOver(parameters) : choose(args.read()));
  },
};

function offer(tools) {
  const { value } = tool;
  const targets = [...new Set(tools.map(({ target }) => target))];
  const options = (target) =>
    tools.filter((one) => one.target === target).map(({ name }) => h('option', { value: name }, name));
  tool.replaceChildren(...targets.map((label) => h('optgroup', { label }, options(label))));
  if (tools.some(({ name }) => name === value)) tool.value = value;
}
