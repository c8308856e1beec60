import { RE2JS } from 're2js';
import { linearSource, PATTERN_SIZE_MAX, PATTERN_STEPS_MAX } from '../../../lib/contract/linear-pattern';

/** Tells whether a text matches. */
export type Matcher = (text: string) => boolean;

/** A matcher for texts in which a pattern is found, as JSON Schema means it. Throws a SyntaxError for a pattern that is not linear. */
export function partMatcher(pattern: string): Matcher {
  const engine = compile(pattern);
  return (text) => isWithinSteps(engine, text) && engine.test(text);
}

/** A matcher for texts that are a pattern as a whole. Throws a SyntaxError for a pattern that is not linear. */
export function wholeMatcher(pattern: string): Matcher {
  const engine = compile(pattern);
  return (text) => isWithinSteps(engine, text) && engine.testExact(text);
}

function compile(pattern: string): RE2JS {
  const engine = RE2JS.compile(linearSource(pattern));
  if (engine.programSize() > PATTERN_SIZE_MAX) throw new SyntaxError('the pattern is too large');
  return engine;
}

function isWithinSteps(engine: RE2JS, text: string): boolean {
  return text.length * engine.programSize() <= PATTERN_STEPS_MAX;
}
