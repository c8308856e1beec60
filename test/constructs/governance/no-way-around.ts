import fc from 'fast-check';
import { expect } from 'vitest';
import { GovernanceError } from '../../../lib/diagnostics/governance-error';
import { type Attempt, attempts, BY_HAND, build, letThrough } from './attempts';

/** How attempts ended: refused with a finding, or deployed, with the call denied. */
export interface Ends {
  readonly refused: Attempt[];
  readonly deployed: Attempt[];
}

/** Tries by hand, then at random. Fails where an app is deployed that lets a call through, or where one is refused without a finding. */
export function tryAll(numRuns: number): Ends {
  const ends: Ends = { refused: [], deployed: [] };
  fc.assert(
    fc.property(attempts, (attempt) => {
      const directory = synthesized(attempt);
      ends[directory === undefined ? 'refused' : 'deployed'].push(attempt);
      if (directory !== undefined) expect(letThrough(directory, attempt)).toEqual([]);
    }),
    { numRuns: BY_HAND.length + numRuns, examples: BY_HAND.map((one): [Attempt] => [one]), endOnFailure: true },
  );
  return ends;
}

/** Folder of an app's assembly; undefined for one that findings stop. */
function synthesized(attempt: Attempt): string | undefined {
  let app: ReturnType<typeof build>;
  try {
    app = build(attempt);
  } catch (error) {
    if (GovernanceError.is(error)) return undefined;
    throw error;
  }
  try {
    return app.synth().directory;
  } catch (error) {
    expect(String(error)).toMatch(/^ValidationFailed/);
    return undefined;
  }
}
