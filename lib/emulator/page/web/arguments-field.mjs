// The arguments of a call: as a form, and as JSON for what the form has no field for.
import { h } from './dom.mjs';
import { objectField } from './tool-form.mjs';

/** @param report gets what is wrong with the text, or nothing */
export function argumentsField(report) {
  const fields = h('div', {});
  const raw = h('textarea', { rows: 6, spellcheck: false });
  const json = h('details', {}, h('summary', {}, 'Arguments as JSON'), h('label', {}, 'Arguments', raw));
  let schema = {};
  let form = objectField(schema, '');
  let value = {};

  function attempt(work) {
    try {
      work();
      report('');
    } catch {
      report('That is not JSON yet.');
    }
  }

  fields.addEventListener('input', () =>
    attempt(() => {
      const known = Object.keys(schema.properties ?? {});
      const others = Object.entries(value).filter(([name]) => !known.includes(name));
      value = { ...Object.fromEntries(others), ...form.read() };
      write();
    }),
  );
  raw.addEventListener('input', () =>
    attempt(() => {
      value = JSON.parse(raw.value);
      form.fill(value);
    }),
  );

  function write() {
    raw.value = JSON.stringify(value, undefined, 2);
  }

  return {
    element: h('div', {}, fields, json),
    read: () => value,

    /** A form for another schema, with the arguments filled in as far as there are fields. */
    show(next, args) {
      schema = next;
      value = args;
      form = objectField(schema, '');
      form.fill(value);
      fields.replaceChildren(form.element);
      write();
    },
  };
}
