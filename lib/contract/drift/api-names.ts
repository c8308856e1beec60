import type { JsonValue } from '../json';

/** Members whose own members are names of the app's, and no property names: arguments of a tool, parameters of a request. */
const MAPS: ReadonlySet<string> = new Set(['Properties', 'CustomParameters', 'Dimensions']);

/** Properties of a CloudFormation resource as the control plane names them: `SearchType` is `searchType` there. */
export function toApiNames(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(toApiNames);
  if (typeof value !== 'object' || value === null) return value;
  const renamed = Object.entries(value).map(([name, member]) => [apiName(name), memberOf(name, member)] as const);
  return Object.fromEntries(renamed);
}

function memberOf(name: string, member: JsonValue): JsonValue {
  if (!MAPS.has(name) || typeof member !== 'object' || member === null || Array.isArray(member)) {
    return toApiNames(member);
  }
  return Object.fromEntries(Object.entries(member).map(([key, inner]) => [key, toApiNames(inner)]));
}

/** Intrinsics that nobody resolved keep their names. */
function apiName(name: string): string {
  return name === 'Ref' || name.startsWith('Fn::') ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
