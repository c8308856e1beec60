import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorize } from '../../../lib/policy/decision/authorize';
import { decide } from '../../../lib/policy/proof/decide/decide';
import { Theory } from '../../../lib/policy/proof/decide/theory';
import { evaluate } from '../../../lib/policy/proof/formula/evaluate';
import { Formulas } from '../../../lib/policy/proof/formula/formula';
import { modelOfCall } from '../../../lib/policy/proof/witness/model-of-call';
import { HOSTILE } from './decide/hostile-questions';
import { smtScript } from './oracle/smt-script';
import { Z3 } from './oracle/z3';
import { call } from './random-policies';
import { questionsOf, randomSet, randomSets } from './random-sets';

/** Other sets each time. */
const seed = Number(process.env['TORTURE_SEED'] ?? Date.now() % 2 ** 31);
const sets = Number(process.env['TORTURE_RUNS'] ?? 100);
const CALLS = 1_000;

describe('hostile questions', () => {
  it.each(HOSTILE)('about $name take at most two seconds of work and 300 MB', ({ name, formula, variables }) => {
    const [memory, work] = [process.memoryUsage().rss, process.cpuUsage()];
    const { kind } = decide(formula(new Formulas()), variables, new Theory());
    const { user, system } = process.cpuUsage(work);
    const [seconds, megabytes] = [(user + system) / 1e6, (process.memoryUsage().rss - memory) / 1e6];
    console.log(`${name}: ${kind}, ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`);
    expect(seconds).toBeLessThan(2);
    expect(megabytes).toBeLessThan(300);
  });
});

describe('witnesses', () => {
  const script = ['--import', 'tsx', 'test/policy/proof/print-witnesses.ts'];
  const printed = (order: 'written' | 'reversed', command: string, ...args: readonly string[]): string =>
    execFileSync(command, [...args, ...script, String(seed), order], { encoding: 'utf8', maxBuffer: 2 ** 26 });

  it('are the same in another process, for another order of the policies, and on another version of Node.js', () => {
    const first = printed('written', process.execPath);
    expect(first.split('\n').length).toBeGreaterThan(100);
    expect(printed('written', process.execPath)).toBe(first);
    expect(printed('reversed', process.execPath)).toBe(first);
    expect(printed('written', 'npx', '--yes', '--package=node@24', 'node')).toBe(first);
  });
});

describe(`proofs about ${sets} random sets (TORTURE_SEED=${seed})`, () => {
  it(`say of ${CALLS} calls of each what authorize decides`, () => {
    const outcomes = new Map<string, number>();
    for (const [index, texts] of randomSets(sets, seed).entries()) {
      const { set, tool, prover, allowed, fails } = randomSet(texts);
      for (const one of fc.sample(call, { numRuns: CALLS, seed: seed + index })) {
        const lookUp = modelOfCall(one, prover.calls(tool));
        const said = evaluate(fails, lookUp) ? 'ERROR' : evaluate(allowed, lookUp) ? 'ALLOW' : 'DENY';
        const { outcome } = authorize(set, one);
        if (said !== outcome)
          throw new Error(`${said} is said of ${JSON.stringify(one)}, which ends in ${outcome}: ${texts.join('\n')}`);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }
    console.log('encoding', Object.fromEntries(outcomes));
    expect([...outcomes.keys()].sort()).toEqual(['ALLOW', 'DENY', 'ERROR']);
  });

  describe('and Z3', () => {
    let z3: Z3;
    beforeAll(async () => {
      z3 = await Z3.start();
    });
    afterAll(() => z3.stop());

    it('never disagree, and decide at least nine of ten questions', () => {
      const count = { asked: 0, undecided: 0, unknown: 0, never: 0 };
      for (const texts of randomSets(sets, seed + 1)) {
        const random = randomSet(texts);
        const calls = random.prover.calls(random.tool);
        const theory = new Theory();
        for (const question of questionsOf(random)) {
          const formula = calls.withFacts(question);
          for (const spaced of calls.dependsOnSpacing(question) ? [false, true] : [false]) {
            const variables = calls.variables(spaced);
            const own = decide(formula, variables, theory).kind;
            const script = smtScript(formula, variables);
            const other = z3.answer(script);
            count.asked += 1;
            if (own === 'undecided') count.undecided += 1;
            if (own === 'never') count.never += 1;
            if (other === 'unknown') count.unknown += 1;
            const agree = own === 'undecided' || other === 'unknown' || (own === 'possible') === (other === 'sat');
            if (!agree) throw new Error(`${own} here, ${other} by Z3:\n${script}`);
          }
        }
      }
      console.log('against Z3', count);
      expect(count.never).toBeGreaterThan(0);
      expect(1 - count.undecided / count.asked).toBeGreaterThanOrEqual(0.9);
      expect(1 - count.unknown / count.asked).toBeGreaterThanOrEqual(0.9);
    });
  });
});
