// The tools as a chosen persona's agent sees them.
import { post } from './api.mjs';
import { h } from './dom.mjs';

const persona = h('select', {});
const tools = h('ul', { 'aria-live': 'polite' });

async function show() {
  const answer = await post('tools', { persona: persona.value });
  const items = (answer.result?.tools ?? []).map(({ name, description }) =>
    h('li', {}, h('code', {}, name), ` ${description}`),
  );
  tools.replaceChildren(...(items.length > 0 ? items : [h('li', {}, answer.error?.message ?? 'none')]));
}

persona.addEventListener('change', show);

export const access = {
  open(place, { state }) {
    if (place.childElementCount === 0) place.append(h('h2', {}, 'Access'), h('label', {}, 'Tools of ', persona), tools);
    if (state === undefined) return;
    persona.replaceChildren(...state.personas.map(({ name }) => h('option', { value: name }, name)));
    void show();
  },
};
