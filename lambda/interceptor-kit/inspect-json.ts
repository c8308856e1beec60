import type { JsonValue } from '../../lib/contract/json';

/**
 * Looks for what a message must not contain: nesting beyond a depth, and numbers that JavaScript has already rounded, so that the gateway
 * would decide on another value than the client sent. An integer beyond 2^53 and an overflow to infinity are told by their look.
 */
export function inspectJson(value: JsonValue, maxDepth: number): 'too-deep' | 'inexact-number' | undefined {
  if (typeof value === 'number') return isExact(value) ? undefined : 'inexact-number';
  if (typeof value !== 'object' || value === null) return undefined;
  if (maxDepth === 0) return 'too-deep';
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    const flaw = inspectJson(member, maxDepth - 1);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** Whether objects and arrays nest at most so deep. */
export function isWithinDepth(value: JsonValue | undefined, maxDepth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (maxDepth === 0) return false;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (!isWithinDepth(member, maxDepth - 1)) return false;
  }
  return true;
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}
