// A form from a JSON Schema: a field for each argument, in the type that it has.
import { h } from './dom.mjs';

/** Objects in objects that get fields of their own; what is deeper is written as JSON. */
const MAX_DEPTH = 3;

let lastId = 0;

/**
 * A field for a value of a schema: `element` to show, `fill(value)`, and `read()`, which gives undefined for a value that is not given and throws
 * for text that is none of the type.
 */
export function fieldOf(schema, name, { required = false, depth = 0 } = {}) {
  const type = schema.enum ? 'enum' : schema.type;
  if (type === 'object' && schema.properties && depth < MAX_DEPTH) return objectField(schema, name, required, depth);
  const make = MAKERS[type === 'array' && !isPlain(schema.items) ? 'json' : type] ?? MAKERS.json;
  const { input, fill, read } = make(schema);
  lastId += 1;
  const id = `field-${lastId}`;
  const hint = hintOf(schema, type);
  input.id = id;
  input.required = required;
  if (hint !== '') input.setAttribute('aria-describedby', `${id}-hint`);
  const mark = required && h('span', { className: 'muted' }, ' required');
  const label = h('label', { htmlFor: id }, h('code', {}, name), mark);
  const element = h(
    'div',
    { className: 'field' },
    label,
    input,
    h('p', { id: `${id}-hint`, className: 'muted' }, hint),
  );
  return { element, fill, read };
}

/** The fields of an object. */
export function objectField(schema, name, required = true, depth = 0) {
  const needed = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(([key, part]) => [
    key,
    fieldOf(part, key, { required: required && needed.has(key), depth: depth + 1 }),
  ]);
  const elements = fields.map(([, { element }]) => element);
  const element =
    depth === 0
      ? h('div', {}, elements)
      : h('fieldset', {}, h('legend', {}, h('code', {}, name), ` ${schema.description ?? ''}`), elements);
  return {
    element,
    fill: (value) => {
      for (const [key, { fill }] of fields) fill(value?.[key]);
    },
    read: () => {
      const entries = fields.map(([key, { read }]) => [key, read()]).filter(([, value]) => value !== undefined);
      return entries.length === 0 && depth > 0 ? undefined : Object.fromEntries(entries);
    },
  };
}

const MAKERS = {
  enum: ({ enum: values }) =>
    choice(values.map((value) => [typeof value === 'string' ? value : JSON.stringify(value), value])),
  boolean: () =>
    choice([
      ['true', true],
      ['false', false],
    ]),
  integer: (schema) => number(schema, 1),
  number: (schema) => number(schema, 'any'),
  string: ({ minLength, maxLength }) => {
    const input = h('input', { type: 'text', autocomplete: 'off' });
    if (maxLength !== undefined) input.maxLength = maxLength;
    if (minLength !== undefined) input.minLength = minLength;
    return {
      input,
      fill: (value) => (input.value = value ?? ''),
      read: () => (input.value === '' ? undefined : input.value),
    };
  },
  array: ({ items }) => {
    const input = h('textarea', { rows: 2, spellcheck: false });
    const element = items.type === 'string' ? String : Number;
    const lines = () => input.value.split('\n').filter((line) => line.trim() !== '');
    return {
      input,
      fill: (value) => (input.value = Array.isArray(value) ? value.join('\n') : ''),
      read: () => (lines().length === 0 ? undefined : lines().map(element)),
    };
  },
  json: () => {
    const input = h('textarea', { rows: 2, spellcheck: false });
    return {
      input,
      fill: (value) => (input.value = value === undefined ? '' : JSON.stringify(value)),
      read: () => (input.value.trim() === '' ? undefined : JSON.parse(input.value)),
    };
  },
};

function choice(entries) {
  const input = h(
    'select',
    {},
    h('option', { value: '' }, ''),
    entries.map(([label], index) => h('option', { value: index }, label)),
  );
  const place = (value) => entries.findIndex(([, one]) => one === value);
  return {
    input,
    fill: (value) => (input.value = place(value) < 0 ? '' : place(value)),
    read: () => entries[input.value || -1]?.[1],
  };
}

function number({ minimum, maximum }, step) {
  const input = h('input', { type: 'number', step, autocomplete: 'off' });
  if (minimum !== undefined) input.min = minimum;
  if (maximum !== undefined) input.max = maximum;
  return {
    input,
    fill: (value) => (input.value = value ?? ''),
    read: () => (input.value === '' ? undefined : Number(input.value)),
  };
}

function isPlain(items) {
  return ['string', 'number', 'integer'].includes(items?.type);
}

function hintOf(schema, type) {
  const { description, minimum, maximum, minLength, maxLength, pattern, format } = schema;
  const limits = [
    minimum !== undefined && `at least ${minimum}`,
    maximum !== undefined && `at most ${maximum}`,
    minLength !== undefined && `${minLength} characters or more`,
    maxLength !== undefined && `${maxLength} characters or fewer`,
    pattern !== undefined && `pattern ${pattern}`,
    format,
    type === 'array' && (isPlain(schema.items) ? 'one a line' : 'JSON'),
    (type === undefined || type === 'object' || Array.isArray(type)) && 'JSON',
  ].filter(Boolean);
  return [description, limits.length > 0 && limits.join(', ')].filter(Boolean).join('; ');
}
