// Who calls: a persona, or a token with any claims.
import { post } from './api.mjs';
import { h } from './dom.mjs';

const OWN = ' own claims';

export function whoField() {
  const select = h('select', {});
  const claims = h('textarea', { rows: 7, spellcheck: false });
  const own = h('label', { hidden: true }, 'Claims of the token', claims);
  let persona = '';

  select.addEventListener('change', async () => {
    const isOwn = select.value === OWN;
    own.hidden = !isOwn;
    if (isOwn && persona !== '') await take(persona);
    else persona = select.value;
  });

  /** Starts from the claims that somebody has. */
  async function take(name) {
    const {
      iss: _,
      iat: __,
      exp: ___,
      jti: ____,
      auth_time: _____,
      ...known
    } = await post('claims', { persona: name });
    write(known);
    claims.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function write(known) {
    claims.value = JSON.stringify(known, undefined, 2);
  }

  return {
    element: h('div', {}, h('label', {}, 'Who', select), own),

    offer(personas) {
      const { value } = select;
      const entries = personas.map(({ name, groups }) => [
        name,
        groups.length === 0 ? name : `${name} (${groups.join(', ')})`,
      ]);
      const options = [...entries, [OWN, 'somebody with claims of my own …']];
      select.replaceChildren(...options.map(([name, label]) => h('option', { value: name }, label)));
      if (options.some(([name]) => name === value)) select.value = value;
      persona ||= select.value;
    },

    /** The persona of that name, or else whoever has the claims. */
    fill(name, known) {
      const isKnown = [...select.options].some(({ value }) => value === name);
      select.value = isKnown ? name : OWN;
      own.hidden = isKnown;
      if (isKnown) persona = name;
      else write(known ?? {});
    },

    /** As the emulator takes it. Throws for claims that are no JSON object. */
    read() {
      if (select.value !== OWN) return { persona: select.value };
      const value = JSON.parse(claims.value);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('no object');
      return { claims: value };
    },
  };
}
