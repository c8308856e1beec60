import type { Model } from '../decide/theory';

/** Numbers that survive JSON and JavaScript: longs below 2^53, decimals with 15 digits. */
export const EXACT = 10n ** 15n - 1n;

/** Whether JSON carries all numbers of a model. */
export function isExact(model: Model): boolean {
  return [...model].every(
    ([name, value]) => typeof value !== 'bigint' || isQuotient(name) || (-EXACT <= value && value <= EXACT),
  );
}

/** A quotient is computed from other variables, of the first call or of the second. */
export function isQuotient(name: string): boolean {
  return /^(?:second:)?quotient#/u.test(name);
}
