// A policy, and what it made of a call: its conditions one by one, its sentence, its text.
import { get } from './api.mjs';
import { badge, fold, h, json, plural, prose } from './dom.mjs';

const OUTCOMES = {
  matched: 'applies',
  scope: 'is for somebody else',
  condition: 'does not apply',
  error: 'cannot be evaluated',
};

const MARKS = { true: '✓', false: '✗', error: '!', unreached: '·' };
const WORDS = { true: 'true', false: 'false', error: 'error', unreached: 'not reached' };

/** Those that decided, or that could have allowed the call, are shown; the others are folded. */
export function policyVerdicts(policies, { outcome, allowed, flips }) {
  const isDefault = outcome === 'DENY' && !policies.some(({ decided }) => decided);
  const matters = ({ decided, effect, outcome: own }) =>
    decided || own === 'error' || (isDefault && effect === 'permit');
  const [shown, others] = [policies.filter(matters), policies.filter((policy) => !matters(policy))];
  return [
    ...flips.map(({ policy, to }) =>
      h('p', {}, h('code', {}, policy), ` is LOG_ONLY; active it would make this ${to}.`),
    ),
    allowed && outcome !== 'ALLOW' && h('p', {}, 'Let through, because the engine is in LOG_ONLY.'),
    ...shown.map(policyVerdict),
    isDefault && shown.length === 0 && h('p', {}, 'No permit covers this tool.'),
    others.length > 0 &&
      fold(`${plural(others.length, 'other policy')} of this tool`.replace('policys', 'policies'), () =>
        others.map(policyVerdict),
      ),
  ].filter(Boolean);
}

export function policyVerdict(policy) {
  const { id, effect, outcome, enforcement, place, sentence, description, conditions, decided, text } = policy;
  const isStep =
    outcome === 'matched' ? (effect === 'permit' ? 'ALLOW' : 'DENY') : outcome === 'error' ? 'ERROR' : 'none';
  return h(
    'article',
    { className: `policy ${isStep}` },
    h(
      'p',
      { className: 'title' },
      badge(effect, effect),
      ' ',
      h('code', {}, id),
      ` ${OUTCOMES[outcome]} `,
      enforcement === 'LOG_ONLY' && badge('LOG_ONLY', 'muted'),
    ),
    h('p', {}, prose(sentence)),
    description !== undefined && h('p', { className: 'muted' }, description),
    conditions.length > 0 && h('ul', { className: 'conditions' }, conditions.map(condition)),
    decided && proved(id),
    fold([`Statement, `, h('code', {}, place)], () => json(text)),
  );
}

/** What is proved of a policy. Proofs take time: the list fills when they are made. */
export function proved(policy) {
  const list = h('ul', { className: 'proved muted' });
  void get('proved', { policy }).then((sentences) =>
    list.replaceChildren(...sentences.map((one) => h('li', {}, prose(one)))),
  );
  return list;
}

function condition({ text, value, message, failed }) {
  return h(
    'li',
    { className: failed ? 'failed' : value },
    h('span', { className: 'mark', role: 'img', 'aria-label': WORDS[value] }, MARKS[value]),
    h('code', {}, text.replace(/\s+/g, ' ')),
    message !== undefined && h('span', { className: 'muted' }, message),
  );
}
