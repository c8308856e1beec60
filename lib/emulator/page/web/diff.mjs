// What is different between two JSON values, place by place.
import { h } from './dom.mjs';

/** Differences that are shown; what is more, somebody reads in the whole value. */
const MOST = 30;

/** Places with the value before and after; undefined where there was or is none. */
export function differences(before, after, path = '') {
  const [left, right] = [opened(before), opened(after)];
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  if (!isTree(left) || !isTree(right) || Array.isArray(left) !== Array.isArray(right)) return [{ path, before, after }];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const inside = (name) => (Array.isArray(left) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`);
  return names.flatMap((name) => differences(left[name], right[name], inside(name)));
}

/** Tools answer with JSON inside of a text. */
function opened(value) {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isTree(value) {
  return typeof value === 'object' && value !== null;
}

/** The differences as a list; nothing when there are none. */
export function diffList(before, after) {
  const found = differences(before, after);
  if (found.length === 0) return [];
  const items = found
    .slice(0, MOST)
    .map(({ path, before: old, after: now }) =>
      h(
        'li',
        {},
        h('code', {}, path === '' ? 'all' : path),
        old !== undefined && h('del', {}, text(old)),
        now === undefined ? h('em', {}, 'removed') : h('ins', {}, text(now)),
      ),
    );
  const more = found.length - items.length;
  return [h('ul', { className: 'diff' }, items, more > 0 && h('li', {}, `and ${more} more`))];
}

function text(value) {
  const said = JSON.stringify(value);
  return said.length > 300 ? `${said.slice(0, 300)}…` : said;
}
