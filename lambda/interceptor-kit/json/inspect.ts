import { isExactNumber, type JsonValue } from '../../../lib/contract/json';

/**
 * Looks for what a message must not contain: nesting beyond a depth, and numbers that JavaScript has already rounded, so that the gateway
 * would decide on another value than the client sent.
 */
export function inspectJson(value: JsonValue, maxDepth: number): 'too-deep' | 'inexact-number' | undefined {
  if (typeof value === 'number') return isExactNumber(value) ? undefined : 'inexact-number';
  if (typeof value !== 'object' || value === null) return undefined;
  if (maxDepth === 0) return 'too-deep';
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    const flaw = inspectJson(member, maxDepth - 1);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}
