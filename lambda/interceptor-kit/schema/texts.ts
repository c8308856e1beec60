import { flaw, type Keyword } from './check';
import { FORMATS } from './formats';

/** Keywords for strings. Lengths count characters, not UTF-16 units. */
export const TEXT_KEYWORDS: readonly Keyword[] = [
  ({ maxLength }) => {
    if (typeof maxLength !== 'number') return undefined;
    const fits = (text: string): boolean =>
      text.length <= maxLength || (text.length <= 2 * maxLength && characters(text) <= maxLength);
    return (value, at, run) => typeof value !== 'string' || fits(value) || flaw(run, at, 'maxLength');
  },
  ({ minLength }) => {
    if (typeof minLength !== 'number') return undefined;
    const fits = (text: string): boolean =>
      text.length >= 2 * minLength || (text.length >= minLength && characters(text) >= minLength);
    return (value, at, run) => typeof value !== 'string' || fits(value) || flaw(run, at, 'minLength');
  },
  ({ pattern }, compiler) => {
    if (typeof pattern !== 'string') return undefined;
    const matches = compiler.pattern(pattern);
    return (value, at, run) => typeof value !== 'string' || matches(value) || flaw(run, at, 'pattern');
  },
  ({ format }) => {
    const fits = typeof format === 'string' ? FORMATS.get(format) : undefined;
    return fits && ((value, at, run) => typeof value !== 'string' || fits(value) || flaw(run, at, 'format'));
  },
];

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
