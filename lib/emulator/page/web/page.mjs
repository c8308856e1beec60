// The emulator's page: which view is shown, and what happens when the emulator has news.
import { access } from './access.mjs';
import { get } from './api.mjs';
import { calls } from './calls.mjs';
import { policies } from './policies.mjs';
import { tryIt } from './try.mjs';

/** Milliseconds between two looks at the emulator. */
const INTERVAL = 700;

/** Each has `open(parameters, state)`, when it is shown or the application was served anew, and perhaps `called()`. */
const VIEWS = { calls, try: tryIt, access, policies };

const element = (id) => document.getElementById(id);
let state;
let pulse = { last: 0, version: 0 };

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
    element('news').textContent = '';
  } catch {
    element('news').textContent = 'The emulator does not answer.';
  }
  setTimeout(look, INTERVAL);
}

addEventListener('hashchange', show);
void look();
