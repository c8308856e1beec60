import type { JsonValue } from '../json';

/** Members whose own members are names of the app's, and no property names: arguments of a tool, parameters of a request. */
const MAPS: ReadonlySet<string> = new Set(['Properties', 'CustomParameters', 'Dimensions', 'AdvertisedScopeMapping']);

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

/** The other way: members of the control plane as a CloudFormation resource names them. */
export function toPropertyNames(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(toPropertyNames);
  if (typeof value !== 'object' || value === null) return value;
  const renamed = Object.entries(value).map(([name, member]): [string, JsonValue] => {
    const property = propertyName(name);
    if (!MAPS.has(property) || typeof member !== 'object' || member === null || Array.isArray(member)) {
      return [property, toPropertyNames(member)];
    }
    return [property, Object.fromEntries(Object.entries(member).map(([key, inner]) => [key, toPropertyNames(inner)]))];
  });
  return Object.fromEntries(renamed);
}

/** One member's name, likewise. */
export function propertyName(member: string): string {
  return `${member.charAt(0).toUpperCase()}${member.slice(1)}`;
}
