import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OAUTH_USER } from '../../../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { authorize } from '../../../lib/policy/decision/authorize';
import { type PolicySet, preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { evaluate } from '../../../lib/policy/proof/formula/evaluate';
import { atomsOf } from '../../../lib/policy/proof/formula/formula';
import { Prover } from '../../../lib/policy/proof/prover';
import { attackingCalls } from '../../../lib/policy/proof/witness/attacking-calls';
import { modelOfCall } from '../../../lib/policy/proof/witness/model-of-call';
import type { ToolSchema } from '../../../lib/policy/schema/schema-json';
import { policiesOf } from '../subject';
import { CLAIMS, call, DEPLOY, policyText, TARGETS } from './random-policies';

function prepared(texts: readonly string[]): { set: PolicySet; tool: ToolSchema; prover: Prover } {
  const set = preparePolicySet({
    policies: policiesOf(texts.join('\n')),
    targets: TARGETS,
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
  const tool = set.schema.tools.get(DEPLOY);
  if (tool === undefined) throw new Error('no tool');
  return { set, tool, prover: new Prover({ gatewayArn: set.gatewayArn, principalType: OAUTH_USER, claims: CLAIMS }) };
}

const sets = fc.array(policyText, { minLength: 1, maxLength: 4 });

describe('the encoding', () => {
  it('says of every call what authorize decides', () => {
    fc.assert(
      fc.property(sets, fc.array(call, { minLength: 20, maxLength: 20 }), (texts, calls) => {
        const { set, tool, prover } = prepared(texts);
        const { allowed, fails } = prover.decision(
          set.candidates(tool).map(({ json }) => json),
          tool,
        );
        for (const one of calls) {
          const lookUp = modelOfCall(one, prover.calls(tool));
          const expected = evaluate(fails, lookUp) ? 'ERROR' : evaluate(allowed, lookUp) ? 'ALLOW' : 'DENY';
          expect(authorize(set, one).outcome).toBe(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has words for all of it', () => {
    fc.assert(
      fc.property(sets, (texts) => {
        const { set, tool, prover } = prepared(texts);
        const { allowed, fails } = prover.decision(
          set.candidates(tool).map(({ json }) => json),
          tool,
        );
        const opaque = [...atomsOf(allowed), ...atomsOf(fails)].filter(
          (atom) => atom.kind === 'boolean' && atom.name.startsWith('opaque'),
        );
        expect(opaque).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('attacks', () => {
  it('are calls that there can be: no time beyond the year 9999', () => {
    const far = 'context.input has due && context.input.due > datetime("2026-01-01").offset(duration("200000000d"))';
    const { set, tool, prover } = prepared([
      `permit(principal, action == AgentCore::Action::"${DEPLOY}", resource) when { ${far} };`,
    ]);
    const [formula] = set.candidates(tool).map(({ json }) => prover.verdict(json, tool).matches);
    expect(attackingCalls(formula ?? prover.formulas.true, prover.calls(tool)).length).toBeGreaterThan(100);
  });
});

describe('witnesses', () => {
  it('are decided by authorize as the question wants it', () => {
    let witnesses = 0;
    fc.assert(
      fc.property(sets, fc.array(call, { minLength: 10, maxLength: 10 }), (texts, calls) => {
        const { set, tool, prover } = prepared(texts);
        const { allowed, fails } = prover.decision(
          set.candidates(tool).map(({ json }) => json),
          tool,
        );
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
      { numRuns: 150 },
    );
    expect(witnesses).toBeGreaterThan(100);
  });
});
