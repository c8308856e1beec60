import fc from 'fast-check';
import { expect } from 'vitest';
import type { Claims } from '../../../lib/contract/claims';
import { projectionOf } from '../../../lib/contract/decision-record/projection';
import type { JsonObject } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { authorize } from '../../../lib/policy/decision/authorize';
import type { Decision, ToolCall } from '../../../lib/policy/decision/model';
import { type PolicySet, preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { readsOfTool } from '../../../lib/policy/decision/projection';
import { authorizeRecorded } from '../../../lib/policy/decision/recorded-call';
import { call, policyText, TARGETS } from '../proof/random-policies';
import { policiesOf } from '../subject';

/** What of a decision a replay has to give back. */
function essence({ outcome, determining, flips, allowed }: Decision) {
  return { outcome, determining, flips, allowed };
}

/** The decision over what the set itself says it can read of a call. */
export function decideProjection(set: PolicySet, whole: ToolCall, claims: Claims) {
  const tool = set.schema.tools.get(whole.tool);
  if (tool === undefined) throw new Error('no such tool');
  const reads = readsOfTool(set, tool);
  const projection = projectionOf({ claims, arguments: whole.input }, reads, tool.input);
  const { principal, now } = whole;
  return authorizeRecorded(set, {
    tool: whole.tool,
    principalType: principal.type,
    callerId: reads.callerId ? principal.id : undefined,
    projection: JSON.parse(JSON.stringify(projection)) as typeof projection,
    now: reads.clock ? now : new Date(0),
  });
}

/** Arguments that fit no schema, or have more than the policies look at. */
const spoiled: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom<JsonObject>({ undeclared: 1 }, { count: 'many' }, { amount: 1e300 }) },
);

/** Random sets and calls: the recorded projection decides as the whole call, and names the same policies. */
export function replayEqualsCall(numRuns: number): void {
  fc.assert(
    fc.property(fc.array(policyText, { minLength: 1, maxLength: 4 }), call, spoiled, (texts, one, more) => {
      const set = preparePolicySet({
        policies: policiesOf(
          texts
            .map((text, index) => `@id("p${index}")${index % 3 === 2 ? '@enforcement("LOG_ONLY")' : ''}\n${text}`)
            .join('\n'),
        ),
        targets: TARGETS,
        mode: 'ENFORCE',
        gatewayArn: LOCAL_GATEWAY_ARN,
      });
      const whole = { ...one, input: { ...one.input, ...more } };
      const answer = decideProjection(set, whole, whole.principal.tags);
      expect(answer.kind).toBe('decided');
      if (answer.kind === 'decided') expect(essence(answer.decision)).toEqual(essence(authorize(set, whole)));
    }),
    { numRuns },
  );
}
