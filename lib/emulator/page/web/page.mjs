// The emulator's page: which view is shown, and what happens when the emulator has news.
import { access } from './access.mjs';
import { get } from './api.mjs';
import { calls } from './calls.mjs';
import { prose } from './dom.mjs';
import { policies } from './policies.mjs';
import { tryIt } from './try.mjs';

/** Milliseconds between two looks at the emulator. */
const INTERVAL = 700;

/** Milliseconds for which a reload is told of. */
const SHOWN = 10_000;

/** Each has `open(parameters, state)`, when it is shown or the application was served anew, and perhaps `called()`. */
const VIEWS = { calls, try: tryIt, access, policies };

const element = (id) => document.getElementById(id);
let state;
let pulse = { last: 0, version: 0, news: null };

function place() {
  const [name = '', query = ''] = location.hash.slice(1).split('?');
  return { name: name in VIEWS ? name : 'calls', parameters: new URLSearchParams(query) };
}

function show() {
  const { name, parameters } = place();
  for (const view of Object.keys(VIEWS)) element(`view-${view}`).hidden = view !== name;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  VIEWS[name].open(element(`view-${name}`), { parameters, state });
}

async function loadState() {
  state = await get('state');
  document.title = `${state.path}: governed-gateway emulator`;
  element('path').textContent = state.path;
  element('mode').textContent = state.mode;
  element('endpoint').textContent = state.mcpUrl;
}

async function look() {
  try {
    const before = pulse;
    pulse = await get('pulse');
    if (before.version !== pulse.version) {
      await loadState();
      show();
    }
    if (before.last !== pulse.last) await VIEWS[place().name].called?.();
    tell(pulse.news);
  } catch {
    said = 'The emulator does not answer.';
    element('news').textContent = said;
  }
  setTimeout(look, INTERVAL);
}

function textOf(news) {
  if (news === null) return '';
  const at = news.at.slice(11, 19);
  const taken = news.taken.length > 0 ? `Reloaded ${news.taken.join(', ')} at ${at}. ` : '';
  const [first] = news.problems;
  if (first !== undefined)
    return `${taken}${first.split('\n', 1)[0]}; the last good version goes on serving (seen at ${at})`;
  return Date.now() - Date.parse(news.at) < SHOWN ? taken : '';
}

let said = '';

/** What came of the last change of a source. */
function tell(news) {
  const text = textOf(news);
  if (said === text) return;
  said = text;
  element('news').replaceChildren(...prose(text));
  element('news').className = news?.problems.length > 0 ? 'broken' : '';
  policies.told(news?.problems ?? []);
}

addEventListener('hashchange', show);
void look();
