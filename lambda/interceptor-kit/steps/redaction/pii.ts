import type { PiiKind } from '../../../../lib/contract/steps/redaction';

interface Pattern {
  readonly expression: RegExp;
  /** Tells real ones from digits that only look alike. */
  readonly isReal?: (match: string) => boolean;
}

/** How personal data look. Every expression is linear: no nested repetition, bounded lengths. */
const PATTERNS: { readonly [K in PiiKind]: Pattern } = {
  email: { expression: /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu },
  phone: {
    expression: /(?<![\w.+-])(?:\+|00|\()?[0-9][0-9 ()./-]{6,18}[0-9](?![\w-])/g,
    isReal: (match) =>
      /^(?:\+|00|\()|[ ()-]/.test(match) && digits(match) >= 8 && digits(match) <= 15 && !isDate(match),
  },
  'payment-card': {
    expression: /(?<![\w.-])[0-9](?:[ -]?[0-9]){12,18}(?![\w-])/g,
    isReal: (match) => hasLuhnDigit(match.replace(/[^0-9]/g, '')),
  },
  iban: {
    expression: /(?<!\w)[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)/g,
    isReal: (match) => hasIbanRest(match.replace(/ /g, '')),
  },
  'us-ssn': { expression: /(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])/g },
  'ip-address': {
    expression:
      /(?<![\w.:])(?:(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3})(?!\w|\.[0-9])|(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?![\w:]))/gi,
  },
  'aws-access-key': { expression: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g },
  'bearer-token': { expression: /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g },
};

/** A text in which personal data of the given kinds are replaced by `[kind]`. */
export function maskPii(text: string, kinds: readonly PiiKind[]): string {
  let masked = text;
  for (const kind of kinds) {
    const { expression, isReal = () => true } = PATTERNS[kind];
    masked = masked.replace(expression, (match) => (isReal(match) ? `[${kind}]` : match));
  }
  return masked;
}

function digits(text: string): number {
  return text.replace(/[^0-9]/g, '').length;
}

function isDate(text: string): boolean {
  return /^[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}/.test(text) || /^[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{4}$/.test(text);
}

/** ISO/IEC 7812: the last digit makes the weighted sum a multiple of ten. */
function hasLuhnDigit(number: string): boolean {
  let sum = 0;
  for (let place = 0; place < number.length; place++) {
    const weighted = Number(number[number.length - 1 - place]) * (place % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0 && !/^0+$/.test(number);
}

/** ISO 13616: moved to the end, letters as numbers, the rest of a division by 97 is 1. */
function hasIbanRest(iban: string): boolean {
  if (iban.length < 15 || iban.length > 34) return false;
  let rest = 0;
  for (const character of `${iban.slice(4)}${iban.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
