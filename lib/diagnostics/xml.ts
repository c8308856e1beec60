/** Attributes of an element, each with a blank before it. */
export function attributes(values: { readonly [name: string]: string | number }): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join('');
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** A text as XML may hold it. XML 1.0 has no way to write most control characters and lone surrogates. */
export function xml(text: string): string {
  const allowed = text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd');
  return allowed.replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}
