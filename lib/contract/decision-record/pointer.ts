import { isJsonObject, type JsonObject, type JsonValue } from '../json';

/** A JSON pointer (RFC 6901) of names. */
export function pointerOf(names: readonly string[]): string {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function namesOfPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether a pointer is another one, or leads through it. */
export function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** What a pointer leads to. Undefined for nothing and for null, which Cedar does not tell apart. */
export function valueAt(root: JsonObject, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const name of namesOfPointer(pointer)) {
    value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value ?? undefined;
}

/** The object in which every value stands at its pointer. What stands within another value joins it. */
export function assembled(values: readonly (readonly [pointer: string, value: JsonValue])[]): JsonObject {
  const whole = values.find(([pointer]) => pointer === '')?.[1];
  const parts = values.map(([pointer, value]) => ({ names: namesOfPointer(pointer), value }));
  return { ...(isJsonObject(whole) ? whole : {}), ...joined(parts.filter(({ names }) => names.length > 0)) };
}

interface Part {
  readonly names: readonly string[];
  readonly value: JsonValue;
}

function joined(parts: readonly Part[]): JsonObject {
  const byName = new Map<string, Part[]>();
  for (const { names, value } of parts) {
    const [name = '', ...rest] = names;
    byName.set(name, [...(byName.get(name) ?? []), { names: rest, value }]);
  }
  return Object.fromEntries(
    [...byName].map(([name, own]) => {
      const value = own.find(({ names }) => names.length === 0)?.value;
      const inner = own.filter(({ names }) => names.length > 0);
      if (inner.length === 0) return [name, value ?? null];
      return [name, { ...(isJsonObject(value) ? value : {}), ...joined(inner) }];
    }),
  );
}
