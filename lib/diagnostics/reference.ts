import { CATALOGUE, type DiagnosticCode, SUBJECTS } from './catalogue';
import type { Severity } from './severity';

/** A code with its message and help, in which `<name>` stands for what a finding says there. */
export interface ReferenceEntry {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
}

/** The codes of one subject. */
export interface ReferenceSubject {
  readonly title: string;
  readonly entries: readonly ReferenceEntry[];
}

/** Every code of the catalogue, in its order. */
export function diagnosticReference(): ReferenceSubject[] {
  return Object.entries(SUBJECTS).map(([title, entries]) => ({
    title,
    entries: (Object.keys(entries) as DiagnosticCode[]).map(referenceEntry),
  }));
}

/** One code of the catalogue. */
export function referenceEntry(code: DiagnosticCode): ReferenceEntry {
  const entry = CATALOGUE[code];
  // A text that is nothing but a parameter comes back as the placeholder itself.
  const render = (text: (params: never) => string): string => `${text(placeholders() as never)}`;
  return { code, severity: entry.severity, message: render(entry.message), help: render(entry.help) };
}

/** Parameters that answer every name with `<name>`. */
function placeholders(): object {
  return new Proxy({}, { get: (_, name) => placeholder(`<${String(name)}>`) });
}

/** A value that reads as a text, as a list of one such value, and as an object whose members are such values. */
function placeholder(text: string): object {
  const list: object[] = [];
  const texts = text as unknown as Members;
  const lists = list as unknown as Members;
  const proxy = new Proxy(list, {
    get(_, name) {
      if (name === Symbol.toPrimitive) return () => text;
      if (name !== 'toString' && name in list) return bound(list, lists[name]);
      return name in String.prototype ? bound(text, texts[name]) : placeholder(`<${String(name)}>`);
    },
  });
  list.push(proxy);
  return proxy;
}

interface Members {
  readonly [name: PropertyKey]: unknown;
}

function bound(owner: unknown, member: unknown): unknown {
  return typeof member === 'function' ? member.bind(owner) : member;
}
