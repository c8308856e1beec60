import { type CedarInput, toCedarInput } from '../../../contract/arguments/cedar-input';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import type { ToolCall } from '../../decision/model';
import type { CallSpace } from '../encode/call-space';
import { datetimeMilliseconds, decimalUnits, durationMilliseconds } from '../encode/literals';
import { elementKey, type SetVariable, variableOfKey } from '../encode/set-arguments';
import type { Value } from '../formula/evaluate';
import { evaluateLinear, floorDivide } from '../formula/linear';

/**
 * The values of a call's variables, as Cedar sees the call. Undefined for a variable that is absent, or about whose inside nothing is known.
 * Throws an `InputError` for arguments that do not fit the tool's schema.
 */
export function modelOfCall(call: ToolCall, calls: CallSpace): (name: string) => Value | undefined {
  const reader = new Reader(call, calls, toCedarInput(call.input, calls.kind.tool.input));
  return (name) => reader.valueOf(name);
}

class Reader {
  constructor(
    private readonly call: ToolCall,
    private readonly calls: CallSpace,
    private readonly input: CedarInput,
  ) {}

  valueOf(name: string): Value | undefined {
    const { principal, now } = this.call;
    if (name === 'principal.id') return principal.id;
    if (name === 'now') return BigInt(now.getTime());
    if (name.startsWith('claim?')) return Object.hasOwn(principal.tags, name.slice('claim?'.length));
    if (name.startsWith('claim:')) return principal.tags[name.slice('claim:'.length)];
    const quotient = this.calls.quotients.get(name);
    if (quotient !== undefined) {
      return floorDivide(
        evaluateLinear(quotient.of, (one) => this.valueOf(one) as bigint | undefined),
        quotient.by,
      );
    }
    const set = this.calls.sets.variables.get(name);
    if (set !== undefined) return this.aboutSet(set);
    if (!name.startsWith('[')) return undefined;
    if (name.endsWith('?')) return this.at(name.slice(0, -1)) !== undefined;
    return scalar(this.at(name));
  }

  private aboutSet(about: SetVariable): boolean {
    const list = this.at(about.set);
    const keys = (Array.isArray(list) ? list : []).map((element) => elementKey(scalar(element) ?? ''));
    if (about.kind === 'some') return keys.length > 0;
    if (about.kind === 'has') return keys.includes(this.literalKey(about.key));
    const except = about.except.map((key) => this.literalKey(key));
    return keys.some((key) => !except.includes(key));
  }

  private literalKey(key: string): string {
    const variable = variableOfKey(key);
    return variable === undefined ? key : elementKey((this.valueOf(variable) as string | undefined) ?? '');
  }

  /** What Cedar sees at a path; undefined where nothing is. */
  private at(name: string): JsonValue | undefined {
    const [, ...path] = JSON.parse(name) as string[];
    let value: JsonValue | undefined = this.input.input;
    for (const part of path) value = isJsonObject(value) ? this.members(value)[part] : undefined;
    return value;
  }

  /** Members of a record, or attributes and tags of an entity that an argument turned into. */
  private members(value: JsonObject): { readonly [name: string]: JsonValue } {
    const uid = value['__entity'];
    if (!isJsonObject(uid)) return value;
    const entity = this.input.entities.find((one) => one.uid.type === uid['type'] && one.uid.id === uid['id']);
    return entity === undefined ? {} : { ...entity.attrs, ...entity.tags };
  }
}

/** A value in Cedar's JSON form; undefined for one that has parts. */
function scalar(value: JsonValue | undefined): Value | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return BigInt(value);
  if (!isJsonObject(value)) return undefined;
  const [extension, entity] = [value['__extn'], value['__entity']];
  if (isJsonObject(entity)) return entity['id'] as string;
  if (!isJsonObject(extension)) return undefined;
  const text = typeof extension['arg'] === 'string' ? extension['arg'] : '';
  switch (extension['fn']) {
    case 'decimal':
      return decimalUnits(text);
    case 'datetime':
      return datetimeMilliseconds(text);
    case 'duration':
      return durationMilliseconds(text);
    default:
      return undefined;
  }
}
