import { DECIMAL_PLACES } from '../../contract/arguments/cedar-decimal';
import { GovernanceError } from '../../diagnostics/governance-error';

const LONG_LIMIT = 2n ** 63n;
const NUMBER = /^(-?)([0-9]{1,19})(?:\.([0-9]+))?$/;

/** The text of a Cedar decimal. Throws for more than four decimals and beyond its range. */
export function decimalLiteral(value: string): string {
  const [, sign = '', whole, fraction = ''] = NUMBER.exec(value) ?? [];
  const isPrecise = fraction.length <= DECIMAL_PLACES;
  const scaled =
    whole === undefined || !isPrecise ? undefined : BigInt(`${sign}${whole}${fraction.padEnd(DECIMAL_PLACES, '0')}`);
  if (scaled === undefined || !isInRange(scaled)) {
    throw GovernanceError.of('STATEMENT_NUMBER_INVALID', { value, expected: 'a decimal that Cedar can hold' });
  }
  return fraction === '' ? `${sign}${whole}.0` : value;
}

/** A Cedar integer. Throws for a fraction other than zero and beyond its range. */
export function longLiteral(value: string): string {
  const [, sign = '', whole, fraction = ''] = NUMBER.exec(value) ?? [];
  const long = whole === undefined || /[1-9]/.test(fraction) ? undefined : BigInt(`${sign}${whole}`);
  if (long === undefined || !isInRange(long)) {
    throw GovernanceError.of('STATEMENT_NUMBER_INVALID', { value, expected: 'an integer that Cedar can hold' });
  }
  return String(long);
}

function isInRange(value: bigint): boolean {
  return value >= -LONG_LIMIT && value < LONG_LIMIT;
}
