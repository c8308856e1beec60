import { GovernanceError } from '../diagnostics/governance-error';
import { suggest } from '../diagnostics/suggest';
import { type EmulatorSwitches, type ResolvedSwitches, resolveSwitches } from '../emulator/options';

/** Values of the switches that are words; the others are booleans or numbers, as their defaults show. */
const WORDS: { readonly [name in keyof ResolvedSwitches]?: readonly string[] } = {
  denialShape: ['error', 'result'],
  denialPolicy: ['id', 'name'],
  ignoredInterceptorMember: ['warn', 'error'],
  unknownArguments: ['deny', 'drop'],
  interceptorTimeout: ['proceed', 'refuse'],
  typedStrings: ['converted', 'verbatim'],
  enums: ['string', 'entity'],
};

/** Reads `name=value` texts. Throws `EMULATOR_SWITCH_UNKNOWN` or `EMULATOR_SWITCH_INVALID`. */
export function readSwitches(texts: readonly string[]): EmulatorSwitches {
  return Object.fromEntries(texts.map(readSwitch)) as EmulatorSwitches;
}

function readSwitch(text: string): [string, string | number | boolean] {
  const [name = '', value = ''] = text.split('=', 2);
  const defaults: { readonly [name: string]: string | number | boolean } = { ...resolveSwitches() };
  const standard = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
  if (standard === undefined) {
    throw GovernanceError.of('EMULATOR_SWITCH_UNKNOWN', { name, suggestion: suggest(name, Object.keys(defaults)) });
  }
  const words =
    WORDS[name as keyof ResolvedSwitches] ?? (typeof standard === 'boolean' ? ['true', 'false'] : undefined);
  const good = words === undefined ? /^[1-9][0-9]*$/.test(value) : words.includes(value);
  if (!good) {
    const expected = words?.map((word) => `\`${word}\``).join(' or ') ?? 'a positive number';
    throw GovernanceError.of('EMULATOR_SWITCH_INVALID', { name, value, expected });
  }
  if (typeof standard === 'boolean') return [name, value === 'true'];
  return [name, typeof standard === 'number' ? Number(value) : value];
}
