import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '../../../lib/contract/arguments/cedar-decimal';
import { ask } from '../../../lib/policy/cedar/cedar';

describe('decimalText', () => {
  // Covers policy.decimals, assumed.decimals-cut
  it.each([
    [5_000_000, '5000000.0'],
    [1.23456, '1.2345'],
    [1.99999, '1.9999'],
    [-1.99999, '-1.9999'],
    [0.1, '0.1'],
    [1e-7, '0.0'],
    [-1e-7, '0.0'],
    [-0, '0.0'],
    [1.5e-3, '0.0015'],
    [123e10, '1230000000000.0'],
    [922_337_203_685_477, '922337203685477.0'],
    [-922_337_203_685_477.5, '-922337203685477.5'],
  ])('truncates %s to %s', (value, text) => {
    expect(decimalText(value)).toBe(text);
  });

  it.each([922_337_203_685_478, -922_337_203_685_478, 1e21, 1e300, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s',
    (value) => {
      expect(decimalText(value)).toBeUndefined();
    },
  );

  it('never rounds away from zero, and Cedar takes what it gives', () => {
    fc.assert(
      fc.property(fc.double({ min: -9e14, max: 9e14, noNaN: true }), (value) => {
        const text = decimalText(value) ?? '';
        expect(Math.abs(Number(text))).toBeLessThanOrEqual(Math.abs(value));
        expect(Math.abs(Number(text) - value)).toBeLessThan(0.0001 + Math.abs(value) * Number.EPSILON);
        const context = { value: { __extn: { fn: 'decimal', arg: text } } };
        expect(ask((cedar) => cedar.checkParseContext({ context }))).toEqual({ type: 'success' });
      }),
    );
  });
});
