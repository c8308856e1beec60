// The calls, newest first; each opens in place. At most a page of them is in the document.
import { get } from './api.mjs';
import { callStory } from './call-story.mjs';
import { badge, button, fold, h, plural, prose } from './dom.mjs';
import { isNoise, verdictOf } from './verdict.mjs';

/** Calls on a page. */
const PAGE = 100;

const list = h('div', { className: 'calls' });
const search = h('input', {
  type: 'search',
  placeholder: 'caller, tool, policy, reason',
  'aria-label': 'Search calls',
});
const refused = h('input', { type: 'checkbox' });
const note = h('p', { className: 'muted', role: 'status' });
const older = button('Older calls', () => load(shown.oldest));
const newest = button('Newest calls', () => load());

/** Numbers of the newest and the oldest call that is shown; whether new ones are put in. */
let shown = { newest: 0, oldest: 0, isLive: true };

/** One look at a time, in order: an answer that comes late would put calls in twice. */
let work = Promise.resolve();
const inTurn = (look) => {
  work = work.then(look, look);
  return work;
};

const query = () => ({ text: search.value.trim(), only: refused.checked ? 'refused' : '' });

function load(before) {
  return inTurn(() => fill(before));
}

async function fill(before) {
  const records = await get('calls', { before, limit: PAGE, ...query() });
  list.replaceChildren();
  shown = { newest: 0, oldest: 0, isLive: before === undefined };
  for (const record of records) put(record);
  older.hidden = records.length < PAGE;
  newest.hidden = shown.isLive;
  empty();
}

async function live() {
  if (!shown.isLive) return;
  for (const record of await get('calls', { after: shown.newest, limit: PAGE, ...query() })) put(record);
  while (list.childElementCount > PAGE) {
    list.lastElementChild.remove();
    older.hidden = false;
  }
  shown.oldest = list.lastElementChild?.number ?? 0;
  empty();
}

function put(record) {
  shown.oldest ||= record.number;
  shown.newest = record.number;
  const first = list.firstElementChild;
  if (!isNoise(record)) list.prepend(row(record));
  else if (first?.noise !== undefined) first.noise(record);
  else list.prepend(noise(record));
}

function row(record) {
  const { number, time, who, tool, method, determining, why, total } = record;
  const { text, tone } = verdictOf(record);
  const summary = [
    h('time', { dateTime: time }, time.slice(11, 19)),
    badge(text, tone),
    h('code', { className: 'tool' }, tool ?? said(method)),
    h('span', { className: 'who' }, said(who)),
    h('span', { className: 'why' }, prose(why ?? determining.join(', '))),
    h('span', { className: 'ms' }, `${total.toFixed(0)} ms`),
  ];
  const made = fold(summary, () => callStory(number), { className: `call ${tone}` });
  made.number = number;
  return made;
}

/** Of a message that was refused at the door nobody knows what it was. */
const said = (name) => (name === '-' ? '' : name);

/** Messages of the protocol between two calls, in one row. */
function noise(record) {
  const records = [record];
  const summary = h('span', {});
  const tell = () => {
    const methods = [...new Set(records.map(({ method }) => method))];
    summary.textContent = `${plural(records.length, 'protocol message')}: ${methods.join(', ')}`;
  };
  const made = fold(summary, () => records.toReversed().map(row), { className: 'noise' });
  made.number = record.number;
  made.noise = (more) => {
    records.push(more);
    if (records.length > PAGE) records.shift();
    tell();
  };
  tell();
  return made;
}

function empty() {
  note.textContent =
    list.childElementCount > 0 ? '' : search.value || refused.checked ? 'No such call.' : 'No call yet.';
}

let typing;
search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => load(), 200);
});
refused.addEventListener('change', () => load());

export const calls = {
  open(place) {
    if (place.childElementCount > 0) return;
    place.append(
      h('div', { className: 'bar' }, h('h2', {}, 'Calls'), search, h('label', {}, refused, ' refused only'), newest),
      note,
      list,
      older,
    );
    void load();
  },

  /** Puts new calls in front, and takes as many away at the end. */
  called: () => inTurn(live),
};
