import type { PersonalData } from '../../../../lib/contract/steps/redaction';
import { maskJsonWebTokens } from '../../message/secret-text';

interface Pattern {
  /** Characters without which there is none, so that most texts need no closer look. */
  readonly needs: RegExp;
  readonly minLength: number;
  readonly mask: (text: string) => string;
}

/** Replaces what an expression finds, and tells real ones from digits that only look alike. */
function finding(
  kind: PersonalData,
  expression: RegExp,
  isReal: (match: string) => boolean = () => true,
): Pattern['mask'] {
  return (text) => text.replace(expression, (match) => (isReal(match) ? `[${kind}]` : match));
}

/** How personal data look. Every expression is linear: no nested repetition, bounded lengths. */
const PATTERNS: { readonly [K in PersonalData]: Pattern } = {
  email: {
    needs: /@/,
    minLength: 6,
    mask: finding('email', /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu),
  },
  phone: {
    needs: /[0-9]/,
    minLength: 8,
    mask: finding(
      'phone',
      /(?<![\w.+-])(?:\+|00|\()?[0-9][0-9 ()./-]{6,18}[0-9](?![\w-])/g,
      (match) => /^(?:\+|00|\()|[ ()-]/.test(match) && digits(match) >= 8 && digits(match) <= 15 && !isDate(match),
    ),
  },
  'payment-card': {
    needs: /[0-9]/,
    minLength: 13,
    mask: finding('payment-card', /(?<![\w.-])[0-9](?:[ -]?[0-9]){12,18}(?![\w-])/g, (match) =>
      hasLuhnDigit(match.replace(/[^0-9]/g, '')),
    ),
  },
  iban: {
    needs: /[0-9]/,
    minLength: 15,
    mask: finding('iban', /(?<!\w)[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)/g, (match) =>
      hasIbanRest(match.replace(/ /g, '')),
    ),
  },
  'us-ssn': {
    needs: /-/,
    minLength: 11,
    mask: finding('us-ssn', /(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])/g),
  },
  'ip-address': {
    needs: /[.:]/,
    minLength: 4,
    mask: finding(
      'ip-address',
      /(?<![\w.:])(?:(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3})(?!\w|\.[0-9])|(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?![\w:]))/gi,
    ),
  },
  'aws-access-key': {
    needs: /A[KS]IA/,
    minLength: 20,
    mask: finding('aws-access-key', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g),
  },
  'bearer-token': { needs: /eyJ/, minLength: 10, mask: (text) => maskJsonWebTokens(text, '[bearer-token]') },
};

/** A text in which personal data of the given kinds are replaced by `[kind]`. */
export function maskPii(text: string, kinds: readonly PersonalData[]): string {
  let masked = text;
  for (const kind of kinds) {
    const { needs, minLength, mask } = PATTERNS[kind];
    if (masked.length >= minLength && needs.test(masked)) masked = mask(masked);
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
