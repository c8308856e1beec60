// The emulator's page. Everything that comes from calls is put in as text, never as markup.
'use strict';

const element = (id) => document.getElementById(id);
let policies = new Map();
let lastCall = 0;

async function fetchJson(path, input) {
  const options =
    input === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
  const response = await fetch(path, options);
  return await response.json();
}

function option(value, label) {
  const made = document.createElement('option');
  made.value = value;
  made.textContent = label;
  return made;
}

async function readState() {
  const state = await fetchJson('emulator/state');
  policies = new Map(state.policies.map((policy) => [policy.id, policy]));
  return state;
}

async function loadState() {
  const state = await readState();
  element('path').textContent = state.path;
  element('mode').textContent = state.mode;
  element('endpoint').textContent = state.mcpUrl;
  const label = ({ name, groups }) => (groups.length === 0 ? name : `${name} (${groups.join(', ')})`);
  element('persona').replaceChildren(...state.personas.map((persona) => option(persona.name, label(persona))));
  element('tool').replaceChildren(...state.tools.map((name) => option(name, name)));
}

async function showTools() {
  const answer = await fetchJson('emulator/tools', { persona: element('persona').value });
  const items = (answer.result?.tools ?? []).map((tool) => {
    const item = document.createElement('li');
    item.textContent = tool.name;
    item.title = tool.description;
    return item;
  });
  if (items.length === 0) {
    const none = document.createElement('li');
    none.textContent = answer.error?.message ?? 'none';
    items.push(none);
  }
  element('tools').replaceChildren(...items);
}

function verdictOf(call) {
  if (call.outcome !== undefined)
    return call.allowed && call.outcome !== 'ALLOW' ? `${call.outcome} (LOG_ONLY)` : call.outcome;
  if (call.status >= 400) return `REFUSED ${call.status}`;
  return call.error === undefined ? 'ok' : `REFUSED ${call.error}`;
}

function row(call) {
  const made = document.createElement('tr');
  const verdict = verdictOf(call);
  const cells = [
    call.time.slice(11, 23),
    call.who,
    call.tool ?? call.method,
    verdict,
    call.determining.join(', ') || (call.outcome === 'DENY' ? 'default' : ''),
    call.total.toFixed(1),
  ];
  for (const text of cells) made.insertCell().textContent = text;
  made.cells[3].className = verdict.split(' ')[0];
  made.addEventListener('click', () => void showPolicies(call));
  return made;
}

async function showPolicies(call) {
  await readState();
  const texts = call.determining.map((id) => {
    const policy = policies.get(id);
    if (policy === undefined) return id;
    const proved = policy.proved.map((sentence) => `\n// ${sentence}`);
    return `// ${policy.id}, ${policy.place}\n// ${policy.sentence}\n${policy.text}${proved.join('')}`;
  });
  element('policy').textContent = [call.reason ?? '', ...texts].join('\n\n');
  element('policy').hidden = false;
}

async function showCalls() {
  try {
    const calls = await fetchJson(`emulator/calls?after=${lastCall}`);
    for (const call of calls) {
      lastCall = Math.max(lastCall, call.number);
      element('calls').prepend(row(call));
    }
    while (element('calls').rows.length > 200) element('calls').deleteRow(-1);
  } catch {
    // The emulator is away; the next look tells.
  }
  setTimeout(showCalls, 700);
}

function parseObject(id, empty) {
  const text = element(id).value.trim();
  if (text === '') return empty;
  const value = JSON.parse(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error('not an object');
  return value;
}

async function tryCall(event) {
  event.preventDefault();
  element('problem').textContent = '';
  let input;
  try {
    const claims = parseObject('claims', undefined);
    input = {
      persona: element('persona').value,
      tool: element('tool').value,
      arguments: parseObject('arguments', {}),
      claims,
    };
  } catch {
    element('problem').textContent = 'Claims and arguments must be JSON objects.';
    return;
  }
  const { answer, record } = await fetchJson('emulator/call', input);
  element('outcome').hidden = false;
  element('decision').textContent = verdictOf(record);
  element('decision').className = verdictOf(record).split(' ')[0];
  element('explanation').textContent = record.explanation ?? record.reason ?? '';
  element('answer').textContent = JSON.stringify(answer, undefined, 2);
}

element('persona').addEventListener('change', () => void showTools());
element('try').addEventListener('submit', (event) => void tryCall(event));
void loadState().then(showTools).then(showCalls);
