import { isDecimalText } from './cedar-decimal';
import type { CedarType } from './cedar-type';
import { datetimeText } from './datetime';
import { durationText } from './duration';
import { ipText } from './ip-address';

/** Kinds of {@link CedarType} that are strings of a `format` in JSON. */
export type TypedStringKind = Extract<CedarType['kind'], 'decimal-string' | 'datetime' | 'duration' | 'ipaddr'>;

/**
 * Whether strings of a `format` are converted to what Cedar reads, or have to be written as Cedar reads them.
 * Platform assumption: unproven.
 */
export type TypedStrings = 'converted' | 'verbatim';

interface TypedString {
  /** Constructor of the value in Cedar. */
  readonly constructorName: string;
  /** What the text must be, for messages. */
  readonly expected: string;
  /** Cedar's text, or undefined for a text that is no such value. */
  readonly convert: (written: string) => string | undefined;
  /** Those of the converted forms that Cedar reads as they are. */
  readonly verbatim: RegExp;
}

const TYPED_STRINGS: { readonly [kind in TypedStringKind]: TypedString } = {
  'decimal-string': {
    constructorName: 'decimal',
    expected: 'a decimal with one to four digits after the point',
    convert: (written) => (isDecimalText(written) ? written : undefined),
    verbatim: /^/,
  },
  datetime: {
    constructorName: 'datetime',
    expected: 'a date or a date with time, as `2026-12-31T08:00:00Z`',
    convert: datetimeText,
    verbatim: /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{3})?(?:Z|[+-]\d{4}))?$/,
  },
  duration: {
    constructorName: 'duration',
    expected: 'a duration, as `PT1H30M`',
    convert: durationText,
    verbatim: /^-?(?=\d)(?:\d{1,15}d)?(?:\d{1,15}h)?(?:\d{1,15}m)?(?:\d{1,15}s)?(?:\d{1,15}ms)?$/,
  },
  ipaddr: {
    constructorName: 'ip',
    expected: 'an IP address',
    convert: ipText,
    verbatim: /^(?:[^:]*|[^.]*)$/,
  },
};

/** A string of a `format` as Cedar's constructor and its argument. Undefined for a text that is no such value. */
export function typedString(
  kind: TypedStringKind,
  written: string,
  mode: TypedStrings,
): { readonly fn: string; readonly arg: string } | undefined {
  const { constructorName: fn, convert, verbatim } = TYPED_STRINGS[kind];
  if (mode === 'converted') {
    const arg = convert(written);
    return arg === undefined ? undefined : { fn, arg };
  }
  // Durations are the one kind of which Cedar reads another form than the standard's.
  const isValue = kind === 'duration' || convert(written) !== undefined;
  return isValue && verbatim.test(written) ? { fn, arg: written } : undefined;
}

/** What a string of a `format` must be. */
export function expectedText(kind: TypedStringKind): string {
  return TYPED_STRINGS[kind].expected;
}
