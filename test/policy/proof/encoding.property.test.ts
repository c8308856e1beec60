import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../lib/policy/decision/authorize';
import { evaluate } from '../../../lib/policy/proof/formula/evaluate';
import { atomsOf } from '../../../lib/policy/proof/formula/formula';
import { attackingCalls } from '../../../lib/policy/proof/witness/attacking-calls';
import { modelOfCall } from '../../../lib/policy/proof/witness/model-of-call';
import { runs } from '../../runs';
import { call, DEPLOY, policyText } from './random-policies';
import { randomSet } from './random-sets';

const sets = fc.array(policyText, { minLength: 1, maxLength: 4 });

describe('the encoding', () => {
  it('says of every call what authorize decides', () => {
    fc.assert(
      fc.property(sets, fc.array(call, { minLength: 20, maxLength: 20 }), (texts, calls) => {
        const { set, tool, prover, allowed, fails } = randomSet(texts);
        for (const one of calls) {
          const lookUp = modelOfCall(one, prover.calls(tool));
          const expected = evaluate(fails, lookUp) ? 'ERROR' : evaluate(allowed, lookUp) ? 'ALLOW' : 'DENY';
          expect(authorize(set, one).outcome).toBe(expected);
        }
      }),
      runs(60),
    );
  });

  it('has words for all of it', () => {
    fc.assert(
      fc.property(sets, (texts) => {
        const { allowed, fails } = randomSet(texts);
        const opaque = [...atomsOf(allowed), ...atomsOf(fails)].filter(
          (atom) => atom.kind === 'boolean' && atom.name.startsWith('opaque'),
        );
        expect(opaque).toEqual([]);
      }),
      runs(30),
    );
  });
});

describe('attacks', () => {
  it('are calls that there can be, each once: no time beyond the year 9999', () => {
    const far = 'context.input has due && context.input.due > datetime("2026-01-01").offset(duration("200000000d"))';
    const { set, tool, prover } = randomSet([
      `permit(principal, action == AgentCore::Action::"${DEPLOY}", resource) when { ${far} };`,
    ]);
    const [formula] = set.candidates(tool).map(({ json }) => prover.verdict(json, tool).matches);
    const calls = attackingCalls(formula ?? prover.formulas.true, prover.calls(tool));
    const values = calls.map(({ call: { input } }) => JSON.stringify(input['due'] ?? null));
    expect(values.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['"1970-01-01T00:00:00.000Z"', 'null']);
  });
});

describe('attacks near the end of whole numbers', () => {
  it('have no argument that JSON does not carry, which the gateway refuses', () => {
    const { set, tool, prover } = randomSet([
      `permit(principal, action == AgentCore::Action::"${DEPLOY}", resource) when { context.input.count + -1 < -1 };`,
    ]);
    const [verdict] = set.candidates(tool).map(({ json }) => prover.verdict(json, tool));
    const calls = attackingCalls(verdict?.fails ?? prover.formulas.true, prover.calls(tool));
    const counts = calls.map(({ call: { input } }) => input['count']);
    expect(counts).toEqual([0]);
    for (const { call } of calls) expect(authorize(set, call).errors).toEqual([]);
  });
});

describe('witnesses', () => {
  it('are decided by authorize as the question wants it', () => {
    let witnesses = 0;
    fc.assert(
      fc.property(sets, fc.array(call, { minLength: 10, maxLength: 10 }), (texts, calls) => {
        const { set, tool, prover, allowed, fails } = randomSet(texts);
        const denied = prover.formulas.not(prover.formulas.or(allowed, fails));
        const outcomes = calls.map((one) => authorize(set, one).outcome);
        for (const [outcome, formula] of [
          ['ALLOW', allowed],
          ['ERROR', fails],
          ['DENY', denied],
        ] as const) {
          const answer = prover.find(formula, tool);
          expect(answer.kind).not.toBe('undecided');
          if (answer.kind === 'never') expect(outcomes).not.toContain(outcome);
          if (answer.kind !== 'possible' || answer.beyondJson) continue;
          witnesses += 1;
          expect(authorize(set, answer.witness.call).outcome).toBe(outcome);
        }
      }),
      runs(60),
    );
    expect(witnesses).toBeGreaterThan(100);
  });
});
