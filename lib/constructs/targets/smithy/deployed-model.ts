import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { objectOf } from '../source/members';
import { LIFECYCLE, targetOf, traitsOf } from './shapes';

/** Traits of a service that speak of single operations, and that the gateway does not read. */
const TESTS = ['smithy.rules#endpointTests', 'smithy.test#smokeTests'];

/** The model without some of its operations. Their shapes go too; what else they used stays, unreferenced. */
export function deployedModel(model: JsonObject, without: ReadonlySet<string>): JsonObject {
  if (without.size === 0) return model;
  const shapes = Object.entries(objectOf(model['shapes']))
    .filter(([id]) => !without.has(id))
    .map(([id, shape]) => [id, isJsonObject(shape) ? withoutOperations(shape, without) : shape] as const);
  return { ...model, shapes: Object.fromEntries(shapes) };
}

function withoutOperations(shape: JsonObject, without: ReadonlySet<string>): JsonObject {
  if (shape['type'] !== 'service' && shape['type'] !== 'resource') return shape;
  const isGone = (reference: JsonValue | undefined): boolean => without.has(targetOf(reference) ?? '');
  const members = Object.entries(shape).flatMap(([name, value]): [string, JsonValue][] => {
    if (name === 'traits') return [[name, withoutTests(shape)]];
    if (LIFECYCLE.includes(name) && isGone(value)) return [];
    return [[name, Array.isArray(value) ? value.filter((item) => !isGone(item)) : value]];
  });
  return Object.fromEntries(members);
}

function withoutTests(shape: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(traitsOf(shape)).filter(([trait]) => !TESTS.includes(trait)));
}
