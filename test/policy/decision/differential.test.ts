import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask } from '../../../lib/policy/cedar/cedar';
import { authorize } from '../../../lib/policy/decision/authorize';
import { cedarRequest } from '../../../lib/policy/decision/cedar-request';
import { evaluateConditions } from '../../../lib/policy/decision/evaluate-conditions';
import { listTools } from '../../../lib/policy/decision/list-tools';
import type { ToolCall } from '../../../lib/policy/decision/model';
import type { PolicySet } from '../../../lib/policy/decision/policy-set';
import { runs } from '../../runs';
import { claims, payInput, policy } from '../arbitraries';
import { callOf, PAY, setOf } from '../subject';

/** Cedar's own answer: one stateful call over every ACTIVE policy, with the schema. */
function unsliced(set: PolicySet, call: ToolCall) {
  const tool = set.schema.tools.get(call.tool);
  if (tool === undefined) throw new Error('no such tool');
  const active = [...set.policies.values()].filter((one) => one.policy.enforcementMode === 'ACTIVE');
  const staticPolicies = Object.fromEntries(active.map((one) => [one.policy.id, one.text]));
  const request = cedarRequest(set, tool, call);
  const answer = ask((cedar) => {
    cedar.preparseSchema('unsliced', set.schema.json);
    cedar.preparsePolicySet('unsliced', { staticPolicies });
    return cedar.statefulIsAuthorized({
      ...request,
      preparsedPolicySetId: 'unsliced',
      preparsedSchemaName: 'unsliced',
      validateRequest: true,
    });
  });
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
  return answer.response;
}

const sets = fc.array(policy, { minLength: 1, maxLength: 8 });

describe('a decision over a slice', () => {
  it('is the decision over the whole set, with the same determining policies and errors', () => {
    fc.assert(
      fc.property(sets, claims, payInput, (policies, who, input) => {
        const set = setOf(policies.map(({ text }) => text).join('\n'));
        const call = callOf(input, who);
        const decision = authorize(set, call);
        const { decision: verdict, diagnostics } = unsliced(set, call);
        const erred = diagnostics.errors.map(({ policyId }) => policyId).sort();
        expect(decision.errors.map((error) => error.policy)).toEqual(erred);
        for (const { policyId, error } of diagnostics.errors) {
          const own = decision.errors.find((one) => one.policy === policyId)?.message;
          expect(error.message.endsWith(own ?? '?')).toBe(true);
        }
        if (erred.length > 0) expect(decision.outcome).toBe('ERROR');
        else {
          expect(decision.outcome).toBe(verdict === 'allow' ? 'ALLOW' : 'DENY');
          expect(decision.determining).toEqual(diagnostics.reason.toSorted());
        }
      }),
      runs(80),
    );
  });

  it('reports as a flip exactly what making the policy ACTIVE would change', () => {
    fc.assert(
      fc.property(sets, claims, payInput, (policies, who, input) => {
        const texts = policies.map(({ text }) => text);
        const call = callOf(input, who);
        const decision = authorize(setOf(texts.join('\n')), call);
        const expected = policies.flatMap(({ logOnly }, index) => {
          if (!logOnly) return [];
          const activated = texts.map((text, at) =>
            at === index ? text.replace('@enforcement("LOG_ONLY")', '') : text,
          );
          const { outcome } = authorize(setOf(activated.join('\n')), call);
          return outcome === decision.outcome
            ? []
            : [{ to: outcome, policy: index === 0 ? 'inline' : `inline-${index + 1}` }];
        });
        const found = decision.flips.map((flip) => ({ to: flip.to, policy: flip.policy }));
        expect(found).toEqual(expected.toSorted((a, b) => (a.policy < b.policy ? -1 : 1)));
      }),
      runs(40),
    );
  });

  it('never allows a call of a tool that the list leaves out', () => {
    fc.assert(
      fc.property(sets, claims, payInput, (policies, who, input) => {
        const set = setOf(policies.map(({ text }) => text).join('\n'));
        const call = callOf(input, who);
        if (authorize(set, call).outcome === 'ALLOW') expect(listTools(set, call.principal, call.now)).toContain(PAY);
      }),
      runs(80),
    );
  });

  it('is explained by conditions that come to what Cedar says of the policy', () => {
    fc.assert(
      fc.property(policy, claims, payInput, ({ text }, who, input) => {
        const set = setOf(text.replace('@enforcement("LOG_ONLY") ', ''));
        const call = callOf(input, who);
        const tool = set.schema.tools.get(PAY);
        const [candidate] = tool ? set.candidates(tool) : [];
        if (!tool || !candidate) return;
        const { outcome, failed } = evaluateConditions(candidate, cedarRequest(set, tool, call));
        const { diagnostics } = unsliced(set, call);
        const expected =
          diagnostics.errors.length > 0 ? 'error' : diagnostics.reason.length > 0 ? 'matched' : 'unmatched';
        expect(outcome === 'scope' || outcome === 'condition' ? 'unmatched' : outcome).toBe(expected);
        if (outcome === 'condition' || outcome === 'error') expect(failed.length).toBeGreaterThan(0);
      }),
      runs(80),
    );
  });
});
