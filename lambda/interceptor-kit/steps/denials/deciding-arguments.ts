import { MASKED } from '../../../../lib/contract/denial-line';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../lib/contract/json';
import { policyNameOf } from '../../../../lib/contract/service-id';
import type { DenialsConfig } from '../../../../lib/contract/steps/denials';
import { maskSecrets } from '../../message/secret-text';

const MAX_ARGUMENTS = 8;
const MAX_PATH = 64;
const MAX_VALUE = 120;

/**
 * The arguments that the deciding policies read, by path, as short texts; those that any policy reads where no policy applied. Masked fields
 * and what looks like a secret are not shown, and of a group of arguments only that it is there.
 */
export function decidingArguments(
  args: JsonObject,
  policies: readonly string[],
  { reads, maskedFields }: DenialsConfig,
): { [path: string]: string } {
  const own = policies.map((policy) => reads[policy] ?? reads[policyNameOf(policy)] ?? []);
  const paths = policies.length > 0 ? own.flat() : Object.values(reads).flat();
  const masked = new Set(maskedFields.map((field) => field.toLowerCase()));
  const shown = new Map<string, string>();
  for (const path of paths) {
    const value = valueAt(args, path);
    const name = path.join('.').slice(0, MAX_PATH);
    if (value === undefined || shown.has(name)) continue;
    if (shown.size === MAX_ARGUMENTS) break;
    const hidden = path.some((part) => masked.has(part.toLowerCase()));
    shown.set(name, hidden ? MASKED : textOf(value));
  }
  return Object.fromEntries(shown);
}

function valueAt(root: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const name of path) value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** Members of objects and lists have names of their own, which may be masked ones. */
function textOf(value: JsonValue): string {
  if (Array.isArray(value)) return `[list of ${value.length}]`;
  if (isJsonObject(value)) return '[object]';
  const shown = maskSecrets(String(value).slice(0, MAX_VALUE * 4), '[redacted]');
  return shown.length > MAX_VALUE ? `${shown.slice(0, MAX_VALUE)}[cut]` : shown;
}
