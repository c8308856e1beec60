// A search, and the way from one page of what was found to the next.
import { button, h } from './dom.mjs';

/** @param load asks for the page that begins at a number, with the text that is searched for */
export function pager(title, what, load) {
  const search = h('input', { type: 'search', placeholder: what, 'aria-label': `Search ${what}` });
  const place = h('span', { className: 'muted', role: 'status' });
  const before = button('Previous', () => open(from - size), { hidden: true });
  const after = button('Next', () => open(from + count), { hidden: true });
  let [from, count, size] = [0, 0, 0];
  let asked = 0;

  /** Opens a page; the one that is open, if nothing is said. */
  async function open(at = from) {
    asked += 1;
    const mine = asked;
    const { total, count: shown, show } = await load(Math.max(0, at), search.value.trim());
    // Somebody typed on meanwhile.
    if (mine !== asked) return;
    from = Math.max(0, at);
    count = shown;
    size = Math.max(size, shown);
    show();
    place.textContent = total === 0 ? 'none' : `${from + 1} to ${from + count} of ${total}`;
    before.hidden = from === 0;
    after.hidden = from + count >= total;
  }

  let typing;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => open(0), 200);
  });

  return { bar: h('div', { className: 'bar' }, h('h2', {}, title), search, place, before, after), open };
}
