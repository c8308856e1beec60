// All policies of the running gateway.
import { get } from './api.mjs';
import { badge, fold, h, json, prose } from './dom.mjs';
import { proved } from './policy-verdict.mjs';

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
      enforcement === 'LOG_ONLY' && badge('LOG_ONLY', 'muted'),
    ),
    h('p', {}, prose(sentence)),
    description !== undefined && h('p', { className: 'muted' }, description),
    fold('What is proved of it', () => proved(id)),
    fold(['Statement, ', h('code', {}, place)], () => json(text)),
  );
}

const list = h('div', {});

export const policies = {
  async open(place) {
    if (place.childElementCount === 0) place.append(h('h2', {}, 'Policies'), list);
    list.replaceChildren(...(await get('policies')).map(card));
  },
};
