import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS } from '../requirements/assumptions';
import { REQUIREMENTS, UNPROVEN } from '../requirements/requirements';
import { read, sourceFiles } from './source-files';

/** Mathematics, which the tests of the proofs hold against an oracle. */
const NOT_OF_THE_PLATFORM = /^lib\/policy\/proof\//;

/** A docstring that names where a fact about the platform is from. */
const FACT = /\bSources?: |\[model\]|\[guide\]|\b[Ss]een on the service\b/;

const ids = Object.keys(REQUIREMENTS);
const cited = new Set(
  sourceFiles('test/', 'policies/').flatMap((file) =>
    [...read(file).matchAll(/^ *\/\/ Covers (.+)$/gm)].flatMap(([, list = '']) => list.split(', ')),
  ),
);

describe('requirements', () => {
  it('are each cited by a test, or say why not', () => {
    expect(ids.filter((id) => !cited.has(id) && REQUIREMENTS[id]?.untested === undefined)).toEqual([]);
    expect(ids.filter((id) => cited.has(id) && REQUIREMENTS[id]?.untested !== undefined)).toEqual([]);
  });

  it('are known where a test cites them', () => {
    expect([...cited].filter((id) => !Object.hasOwn(REQUIREMENTS, id))).toEqual([]);
  });

  it('cover every file that names a source: add one to test/requirements/ for a new fact', () => {
    const facts = sourceFiles('lib/', 'lambda/').filter(
      (file) => FACT.test(read(file)) && !NOT_OF_THE_PLATFORM.test(file),
    );
    const homes = Object.values(REQUIREMENTS).flatMap((requirement) => requirement.homes);
    expect(facts.filter((file) => !homes.includes(file))).toEqual([]);
    expect(homes.filter((file) => !facts.includes(file))).toEqual([]);
  });

  it('have one for each row of the page of assumptions, and call unproven what its row does not say was seen', () => {
    const page = read('docs/platform-assumptions.md');
    const rows = [...page.matchAll(/^\| (?!-|Switch |What is open)(.+?) \| (.*)$/gm)];
    const assumed = Object.entries(ASSUMPTIONS);
    expect(assumed.map(([, { statement }]) => statement)).toEqual(rows.map(([, open]) => open));
    const wasSeen = /\b(seen|saw|showed|measured|quote|one live gateway did|service log of)\b/;
    expect(UNPROVEN).toEqual(assumed.filter((_, index) => !wasSeen.test(rows[index]?.[0] ?? '')).map(([id]) => id));
  });
});
