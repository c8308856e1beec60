// One call, stage by stage.
import { get } from './api.mjs';
import { diffList } from './diff.mjs';
import { badge, button, fold, h, json, prose } from './dom.mjs';
import { policyVerdicts } from './policy-verdict.mjs';
import { reasonOf, verdictOf } from './verdict.mjs';

const STAGES = {
  auth: 'Token',
  request: 'REQUEST interceptor',
  policy: 'Policies',
  target: 'Target',
  response: 'RESPONSE interceptor',
};

/** The content of an opened call. */
export async function callStory(number) {
  const story = await get('story', { call: number });
  if (story === null) return [h('p', {}, 'The emulator does not remember this call any more.')];
  const { record, steps } = story;
  const test = h('div', { className: 'test' });
  return [
    reasonOf(record),
    record.tool !== undefined && h('p', { className: 'actions' }, tryAgain(number), steps && asTest(number, test)),
    test,
    steps === undefined && h('p', { className: 'muted' }, 'Only the last 500 calls are kept in full.'),
    h(
      'ol',
      { className: 'timeline' },
      Object.keys(STAGES).map((stage) => stageOf(stage, story)),
    ),
    h('p', { className: 'muted' }, `Request ${record.requestId}, engine in ${record.mode}`),
  ].filter(Boolean);
}

function tryAgain(number) {
  return h('a', { className: 'button', href: `#try?call=${number}` }, 'Try again with …');
}

function asTest(number, place) {
  return button('As policy test', async () => {
    const test = await get('test', { call: number });
    if (test === null) {
      place.replaceChildren(h('p', {}, 'This call got no further than its token: policy tests say nothing of it.'));
      return;
    }
    const note = test.passes
      ? 'Passes as it is. Put it into a file that ends in .test.yaml, beside the policies.'
      : 'Not decided by the policies alone, so that it fails offline; `verify --emulator` runs it.';
    const copy = button('Copy', async () => {
      await navigator.clipboard.writeText(test.text);
      copy.textContent = 'Copied';
    });
    place.replaceChildren(h('p', { role: 'status' }, prose(note), ' ', copy), json(test.text));
  });
}

function stageOf(stage, story) {
  const { record } = story;
  const took = record.durations[stage];
  const isFailed = stage === 'target' && verdictOf(record).text === 'FAILED';
  const isRefused = record.refusedBy === stage || isFailed;
  const tone = took === undefined ? 'unreached' : isRefused ? 'DENY' : 'passed';
  const said = took === undefined ? 'not reached' : isFailed ? 'failed' : isRefused ? 'refused' : 'passed';
  const word = stage === 'policy' && record.outcome !== undefined ? badge(record.outcome) : h('span', {}, said);
  const time = took !== undefined && h('span', { className: 'muted' }, `${took.toFixed(1)} ms`);
  const content = took === undefined || story.steps === undefined ? [] : CONTENTS[stage](story);
  return h('li', { className: tone }, h('h3', {}, STAGES[stage], ' ', word, ' ', time), ...content);
}

const CONTENTS = {
  auth: ({ record, claims }) => [
    h('p', {}, record.who, record.principal && h('span', { className: 'muted' }, ` ${record.principal.type}`)),
    claims && fold('Claims', () => json(claims)),
  ],
  request: ({ record, steps, sent }) => {
    const passed = stepList(steps.request, sent, 'arguments');
    const left = diffList(passed.value, record.input ?? passed.value);
    return [
      h(
        'div',
        {},
        fold('Arguments as sent', () => json(sent ?? {})),
      ),
      ...passed.content,
      ...left,
    ];
  },
  policy: ({ record, policies }) => policyVerdicts(policies, record),
  target: ({ answer }) => [fold('Answer of the tool', () => json(answer ?? null))],
  response: ({ steps, answer, received }) => {
    const passed = stepList(steps.response, answer?.result ?? answer?.error, 'payload');
    const left = steps.response.length > 0 ? [] : diffList(answer, received);
    return [...passed.content, ...left, fold('What the client got', () => json(received ?? null))];
  },
};

/** Steps with what each changed, and the value behind the last one. */
function stepList(steps, before, member) {
  let value = before;
  const items = steps.map((step) => {
    const after = step[member] ?? step.params?.arguments ?? value;
    const changes = diffList(value, after);
    // A step that gives back what it got has changed nothing.
    const isSame = step.outcome === 'changed' && changes.length === 0 && after !== value && step.headers === undefined;
    const said = isSame ? 'passed' : step.outcome;
    value = after;
    return h(
      'li',
      { className: step.outcome === 'denied' ? 'DENY' : step.outcome },
      h('code', {}, step.step),
      ` ${said} `,
      h('span', { className: 'muted' }, `${step.ms.toFixed(1)} ms`),
      step.reason !== undefined && h('p', {}, prose(step.reason)),
      ...changes,
      step.headers !== undefined &&
        h('p', { className: 'muted' }, `Headers for the target: ${step.headers.join(', ')}`),
    );
  });
  return { value, content: items.length === 0 ? [] : [h('ol', { className: 'steps' }, items)] };
}
