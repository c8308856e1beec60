// Makes elements. Names and values come from agents, tokens and tools: everything goes into the page as text, never as markup.

/** `h('p', { className: 'why' }, 'text', h('code', {}, name))`; children that are undefined or false are left out. */
export function h(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key in made) made[key] = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return made;
}

/** Something to open. `fill` gives its content, each time that it is opened. */
export function fold(summary, fill, properties = {}) {
  const body = h('div', { className: 'folded' });
  const box = h('details', properties, h('summary', {}, summary), body);
  box.addEventListener('toggle', async () => {
    if (box.open) body.replaceChildren(...[await fill()].flat());
  });
  return box;
}

export function button(label, onClick, properties = {}) {
  const made = h('button', { type: 'button', ...properties }, label);
  made.addEventListener('click', onClick);
  return made;
}

export function badge(text, tone = text) {
  return h('span', { className: `badge ${tone}` }, text);
}

export function json(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return h('pre', { tabIndex: 0 }, text);
}

export const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A sentence, with what stands in backticks as code. */
export function prose(text) {
  return text.split(/(`[^`]+`)/).map((part) => (/^`.+`$/.test(part) ? h('code', {}, part.slice(1, -1)) : part));
}
