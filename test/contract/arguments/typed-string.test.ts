import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../lambda/interceptor-kit/schema/formats';
import { type TypedStringKind, typedString } from '../../../lib/contract/arguments/typed-string';
import type { JsonValue } from '../../../lib/contract/json';
import { runs } from '../../runs';
import { cedarEqual, generated } from './generator-judge';

const CEDAR_FORMATS: { readonly [kind in TypedStringKind]: string } = {
  'decimal-string': 'decimal',
  datetime: 'date-time',
  duration: 'duration',
  ipaddr: 'ipv6',
};

function converted(kind: TypedStringKind, written: string): JsonValue | undefined {
  const value = typedString(kind, written, 'converted');
  return value && { __extn: { ...value } };
}

/** The same value as the generator's, and none where it has none. */
function agrees(kind: TypedStringKind, written: string): void {
  const theirs = generated({ type: 'string', format: CEDAR_FORMATS[kind] }, written);
  const ours = converted(kind, written);
  if (ours === undefined || theirs === undefined)
    expect([written, ours], `${written}: ${JSON.stringify(theirs)}`).toEqual([written, theirs]);
  else expect([written, cedarEqual(ours, theirs)]).toEqual([written, true]);
}

const digits = (length: number) =>
  fc.nat({ max: 10 ** length - 1 }).map((value) => String(value).padStart(length, '0'));
const some = (max: number) => fc.nat({ max }).map((value) => String(value).padStart(2, '0'));
const fraction = fc.oneof(
  fc.constant(''),
  fc
    .string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 1, maxLength: 12 })
    .map((text) => `.${text}`),
);
const offset = fc.oneof(
  fc.constantFrom('Z', 'z', '', '+00:00', '-00:00'),
  fc.tuple(fc.constantFrom('+', '-'), some(25), fc.constantFrom(':', ''), some(61)).map((parts) => parts.join('')),
);
const date = fc.tuple(digits(4), some(13), some(32)).map((parts) => parts.join('-'));
const datetimes = fc.oneof(
  date,
  fc
    .tuple(date, fc.constantFrom('T', 't', ' '), some(24), some(60), some(60), fraction, offset)
    .map(
      ([day, sign, hours, minutes, seconds, part, zone]) => `${day}${sign}${hours}:${minutes}:${seconds}${part}${zone}`,
    ),
);

const part = (unit: string) =>
  fc.option(
    fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 2 ** 32 - 1 })).map((value) => `${value}${unit}`),
    { nil: '' },
  );
const durations = fc.oneof(
  fc.nat({ max: 1_000_000 }).map((weeks) => `P${weeks}W`),
  fc
    .tuple(
      part('Y'),
      part('M'),
      part('D'),
      part('H'),
      part('M'),
      fc.oneof(
        part('S'),
        fc
          .tuple(fc.nat({ max: 99 }), fc.constantFrom('.', ','), fc.stringMatching(/^[0-9]{1,12}$/))
          .map(([whole, point, rest]) => `${whole}${point}${rest}S`),
      ),
    )
    .filter((parts) => parts.some((one) => one !== ''))
    .map(
      ([years, months, days, ...time]) => `P${years}${months}${days}${time.join('') === '' ? '' : 'T'}${time.join('')}`,
    ),
);

const prefix = fc.oneof(
  fc.constant(''),
  fc.nat({ max: 130 }).map((bits) => `/${bits}`),
);
const addresses = fc
  .tuple(
    fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV4().map((v4) => `::ffff:${v4}`),
      fc.ipV4().map((v4) => `1:2::${v4}`),
      fc.stringMatching(/^[0-9a-f:.]{2,12}$/),
    ),
    prefix,
  )
  .map((parts) => parts.join(''));

const decimals = fc.oneof(
  fc
    .tuple(fc.constantFrom('', '-'), fc.nat(), fc.stringMatching(/^[0-9]{1,5}$/))
    .map(([sign, whole, rest]) => `${sign}${whole}.${rest}`),
  fc.stringMatching(/^[-+]?[0-9]{1,17}\.?[0-9]{0,5}$/),
);

describe('strings of a format', () => {
  it.each([
    ['datetime', datetimes],
    ['duration', durations],
    ['ipaddr', addresses],
    ['decimal-string', decimals],
  ] as const)('are the %s that the official generator makes of them, in every form of the standards', (kind, texts) => {
    fc.assert(
      fc.property(texts, (written) => agrees(kind, written)),
      runs(100),
    );
  });

  it.each<[TypedStringKind, string, string]>([
    ['datetime', '2026-12-31', '2026-12-31'],
    ['datetime', '2026-12-31T08:00:00+05:30', '2026-12-31T08:00:00.000+0530'],
    ['datetime', '2026-12-31t08:00:00.123456789z', '2026-12-31T08:00:00.123Z'],
    ['datetime', '2026-12-31T08:00:00', '2026-12-31T08:00:00.000Z'],
    ['datetime', '2026-12-31 08:00:00Z', '2026-12-31T08:00:00.000Z'],
    ['datetime', '2026-12-31T08:00:00-0330', '2026-12-31T08:00:00.000-0330'],
    ['datetime', '2024-02-29T23:59:59.9-00:00', '2024-02-29T23:59:59.900-0000'],
    ['duration', 'PT1H', '3600000ms'],
    ['duration', 'P1Y2M3DT4H5M6,7S', '36993906700ms'],
    ['duration', 'P2W', '1209600000ms'],
    ['ipaddr', '2001:DB8::1', '2001:db8::1'],
    ['ipaddr', '::ffff:10.0.0.1', '10.0.0.1'],
    ['ipaddr', '10.0.0.1/08', '10.0.0.1/8'],
    ['decimal-string', '-0.5', '-0.5'],
  ])('convert the %s %s to %s', (kind, written, arg) => {
    expect(typedString(kind, written, 'converted')?.arg).toBe(arg);
    agrees(kind, written);
  });

  it.each<[TypedStringKind, readonly string[]]>([
    [
      'datetime',
      [
        '',
        'now',
        '2026-02-29',
        '2026-1-1',
        '02026-01-01',
        '2026-01-01T24:00:00Z',
        '2026-06-30T23:59:60Z',
        '2026-01-01T00:00Z',
        '2026-01-01T00:00:00+24:00',
        ' 2026-01-01',
        '2026-01-01\n',
        '20260101',
      ],
    ],
    [
      'duration',
      [
        '',
        'P',
        'PT',
        'P1DT',
        '1h',
        'PT1H30',
        'PT1.5H',
        'PT1S1M',
        'P1W2D',
        '-PT1H',
        'pt1h',
        'PT4294967296S',
        'PT99999999999999999999999S',
        'P4294967295Y',
        'PT1H ',
        'PT.5S',
      ],
    ],
    [
      'ipaddr',
      [
        '',
        '010.0.0.1',
        '10.0.1',
        '10.0.0.256',
        '[::1]',
        'fe80::1%eth0',
        '10.0.0.0/33',
        '10.0.0.0/',
        '10.0.0.0/8/8',
        '::ffff:1.2.3.4/96',
        '1::2::3',
        '0x7f.1',
        'localhost',
      ],
    ],
    ['decimal-string', ['', '1', '1.', '.5', '+1.5', '01.5', '1.12345', '1e3', '922337203685477.5808', '1.0 ']],
  ])('are refused when they are no %s', (kind, texts) => {
    for (const written of texts) {
      expect([written, typedString(kind, written, 'converted')]).toEqual([written, undefined]);
      expect([
        written,
        kind === 'duration' && written === '1h' ? undefined : typedString(kind, written, 'verbatim'),
      ]).toEqual([written, undefined]);
    }
  });

  it.each([
    ['datetime', 'date-time', datetimes],
    ['datetime', 'date', datetimes],
    ['duration', 'duration', durations],
    ['ipaddr', 'ipv4', addresses],
    ['ipaddr', 'ipv6', addresses],
  ] as const)('are values to policies when the interceptor takes them: %s for %s', (kind, format, texts) => {
    fc.assert(
      fc.property(texts, (written) => {
        if (FORMATS.get(format)?.(written) !== true) return;
        // Cedar has no leap seconds, and durations as long as 64 bits of milliseconds.
        const isBeyondCedar = /:60(?:\.|[Zz+-])/.test(written) || (kind === 'duration' && /\d{8}[YMW]/.test(written));
        if (!isBeyondCedar) expect([written, converted(kind, written) !== undefined]).toEqual([written, true]);
      }),
      runs(400),
    );
  });

  it('are what Cedar reads as it is, behind the switch', () => {
    const texts: [TypedStringKind, string, string | undefined][] = [
      ['datetime', '2026-12-31T08:00:00.000+0530', '2026-12-31T08:00:00.000+0530'],
      ['datetime', '2026-12-31T08:00:00+05:30', undefined],
      ['duration', '1d2h', '1d2h'],
      ['duration', 'PT1H', undefined],
      ['ipaddr', '::1', '::1'],
      ['ipaddr', '::ffff:10.0.0.1', undefined],
      ['decimal-string', '1.5', '1.5'],
    ];
    for (const [kind, written, arg] of texts) {
      const value = typedString(kind, written, 'verbatim');
      expect([written, value?.arg]).toEqual([written, arg]);
      if (value !== undefined)
        expect([written, cedarEqual({ __extn: { ...value } }, { __extn: { ...value } })]).toEqual([written, true]);
    }
  });
});
