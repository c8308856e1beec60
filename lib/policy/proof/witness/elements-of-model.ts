import type { CedarType } from '../../../contract/arguments/cedar-type';
import type { JsonValue } from '../../../contract/json';
import type { Model } from '../decide/theory';
import type { CallSpace } from '../encode/call-space';
import { elementKey, variableOfKey } from '../encode/set-arguments';
import { Unsupported } from '../encode/symbolic-value';
import { decimalOfUnits } from './number-text';

/** Elements of an array argument: those that the model says are there, and another one if it says that there are others. */
export function elementsOfModel(name: string, element: CedarType, model: Model, calls: CallSpace): JsonValue[] {
  const keys = new Set<string>();
  let wantsOther = false;
  let wantsSome = false;
  for (const [variable, about] of calls.sets.variables) {
    if (about.set !== name || model.get(variable) !== true) continue;
    if (about.kind === 'has') keys.add(keyIn(about.key, model));
    if (about.kind === 'rest') wantsOther ||= isBesideAll(about.except, calls.sets.askedOf(name));
    if (about.kind === 'some') wantsSome = true;
  }
  const asked = new Set([...calls.sets.askedOf(name).keys()].map((key) => keyIn(key, model)));
  if (wantsOther || (wantsSome && keys.size === 0)) keys.add(anotherKey(element, asked));
  return [...keys].sort().map((key) => elementOfKey(key, element));
}

function isBesideAll(except: readonly string[], asked: ReadonlyMap<string, unknown>): boolean {
  return [...asked.keys()].every((key) => except.includes(key));
}

/** The literal key that a text variable's key stands for in a model. */
function keyIn(key: string, model: Model): string {
  const variable = variableOfKey(key);
  return variable === undefined ? key : elementKey((model.get(variable) as string | undefined) ?? '');
}

/** Key of an element that no policy asks for. */
function anotherKey(element: CedarType, asked: ReadonlySet<string>): string {
  for (let number = 0; number <= asked.size; number += 1) {
    const key =
      element.kind === 'string'
        ? elementKey(`other${number || ''}`)
        : element.kind === 'bool'
          ? elementKey(number === 0)
          : elementKey(BigInt(number) * 10_000n);
    if (!asked.has(key)) return key;
  }
  throw new Unsupported('an element that differs from all others');
}

function elementOfKey(key: string, { kind }: CedarType): JsonValue {
  switch (kind) {
    case 'string':
      return JSON.parse(key) as string;
    case 'bool':
      return key === 'true';
    case 'long':
      return Number(key);
    case 'decimal':
      return Number(decimalOfUnits(BigInt(key)));
    case 'decimal-string':
      return decimalOfUnits(BigInt(key));
    default:
      throw new Unsupported(`an array of elements of type ${kind}`);
  }
}
