/** Digits after the point that a Cedar decimal holds. */
export const DECIMAL_PLACES = 4;

const LIMIT = 2n ** 63n;

/**
 * A JSON number as the text of a Cedar decimal, truncated toward zero to four places as AgentCore does it.
 * Source: developer guide, page policy-schema-constraints. Undefined beyond the range of about plus or minus 922337203685477.5807.
 */
export function decimalText(value: number): string | undefined {
  const written = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (written === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = written;
  const power = Number(exponent);
  if (power > 0) return undefined;
  const digits = whole.padStart(1 - power + whole.length, '0') + fraction;
  const point = digits.length - fraction.length + power;
  const kept = digits.slice(point, point + DECIMAL_PLACES).padEnd(DECIMAL_PLACES, '0');
  const scaled = BigInt(digits.slice(0, point) + kept) * (sign === '-' ? -1n : 1n);
  if (scaled < -LIMIT || scaled >= LIMIT) return undefined;
  const size = String(scaled < 0n ? -scaled : scaled).padStart(DECIMAL_PLACES + 1, '0');
  const places = size.slice(-DECIMAL_PLACES).replace(/0+$/, '') || '0';
  return `${scaled < 0n ? '-' : ''}${size.slice(0, -DECIMAL_PLACES)}.${places}`;
}

/** Whether a text is a decimal as Cedar reads it: `1.5`, not `1` and not `01.5`. */
export function isDecimalText(text: string): boolean {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(0|[1-9]\d{0,14})\.(\d{1,4})$/.exec(text) ?? [];
  if (whole === '') return false;
  const scaled = BigInt(`${sign}${whole}${fraction.padEnd(DECIMAL_PLACES, '0')}`);
  return scaled >= -LIMIT && scaled < LIMIT;
}
