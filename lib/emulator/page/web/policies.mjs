// All policies: in words, as text, and what tests, invariants and proofs say of them. What is broken on the disk comes first.
import { get } from './api.mjs';
import { badge, fold, h, json, plural, prose } from './dom.mjs';
import { pager } from './pager.mjs';
import { proved } from './policy-verdict.mjs';

const broken = h('div', {});
const tests = h('div', { role: 'status' });
const list = h('div', {});
const invariants = h('div', {});
let tested = { policies: {} };

const pages = pager('Policies', 'policies', async (from, text) => {
  const page = await get('policies', { from, text });
  const show = () => {
    list.replaceChildren(...page.policies.map(card));
    invariants.replaceChildren(...invariantList(page.invariants));
  };
  return { total: page.total, count: page.policies.length, show };
});

function card({ id, effect, enforcement, description, place, sentence, text }) {
  return h(
    'article',
    { className: 'policy none' },
    h(
      'h3',
      {},
      badge(effect, effect),
      ' ',
      h('code', {}, id),
      ' ',
      badge(enforcement, enforcement === 'LOG_ONLY' ? 'LOG_ONLY' : 'muted'),
    ),
    h('p', {}, prose(sentence)),
    description !== undefined && h('p', { className: 'muted' }, description),
    coverage(tested.policies[id]),
    fold(['Statement, ', h('code', {}, place)], () => json(text)),
    fold('What is proved of it', () => proved(id)),
  );
}

function coverage(seen) {
  if (seen === undefined) return false;
  const { decides, seen: points, total, unseen } = seen;
  const meter = h('meter', { min: 0, max: total, value: points, 'aria-label': `tests saw ${points} of ${total}` });
  const text = ` Decides ${plural(decides, 'test')}; tests saw ${points} of ${total} outcomes. `;
  return h(
    'div',
    {},
    meter,
    text,
    unseen.length > 0 &&
      fold('Not seen', () =>
        h(
          'ul',
          {},
          unseen.map((one) => h('li', {}, prose(one))),
        ),
      ),
  );
}

function invariantList(all) {
  if (all.length === 0) return [];
  return [
    h('h2', {}, 'Invariants'),
    h(
      'ul',
      {},
      all.map(({ sentence, place }) => h('li', {}, sentence, ' ', h('code', { className: 'muted' }, place))),
    ),
  ];
}

async function runTests() {
  tested = await get('tested');
  const { passed, failed, problems, percent } = tested;
  tests.replaceChildren(
    h(
      'p',
      {},
      `Policy tests: ${passed} passed, ${failed.length} failed. They saw ${percent.toFixed(0)} % of what conditions can come to.`,
    ),
    ...failed.map(({ name, place, why }) =>
      h(
        'div',
        { className: 'reason DENY' },
        h('strong', {}, name),
        ' ',
        h('code', {}, place),
        h(
          'ul',
          {},
          why.map((one) => h('li', {}, prose(one))),
        ),
      ),
    ),
    ...problems.map(json),
  );
}

export const policies = {
  async open(view, { state }) {
    if (view.childElementCount === 0) view.append(broken, pages.bar, tests, list, invariants);
    if (state === undefined) return;
    await runTests();
    await pages.open();
  },

  /** Shows what is broken on the disk, while the last good version serves. */
  told(problems) {
    broken.replaceChildren(
      ...(problems.length === 0
        ? []
        : [h('h2', {}, 'Broken on the disk; the last good version goes on serving'), ...problems.map(json)]),
    );
  },
};
