import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalFromIam, unauthenticatedPrincipal } from '../../../lib/contract/claims';
import { authorize } from '../../../lib/policy/decision/authorize';
import type { ToolCall } from '../../../lib/policy/decision/model';
import { runs } from '../../runs';
import { claims, expression, payInput, policy } from '../arbitraries';
import { callOf, findingsOf, PAY, setOf } from '../subject';

const caller = fc.constantFrom('user', 'IAM', 'anybody');
const principals = {
  IAM: principalFromIam('arn:aws:sts::111122223333:assumed-role/a/b'),
  anybody: unauthenticatedPrincipal,
};
const call = fc.tuple(caller, claims, payInput).map(([who, own, input]): ToolCall => {
  const made = callOf(input, own);
  return who === 'user' ? made : { ...made, principal: principals[who as keyof typeof principals] };
});

/** Beside random policies, pairs that decide everything together as often as not. */
const set = fc.oneof(
  fc.array(
    policy.map(({ text }) => text),
    { minLength: 1, maxLength: 4 },
  ),
  fc
    .tuple(expression, expression, fc.constantFrom('permit', 'forbid'))
    .map(([one, other, effect]) => [
      `permit(principal, action, resource == ?resource) when { ${one} };`,
      `${effect}(principal, action, resource == ?resource) when { ${effect === 'permit' ? `!(${one})` : one} };`,
      `permit(principal is AgentCore::OAuthUser, action, resource == ?resource) when { (${one}) && (${other}) };`,
    ]),
);

describe('a finding about every call', () => {
  it('is true of any call, of any caller', () => {
    fc.assert(
      fc.property(set, fc.array(call, { minLength: 5, maxLength: 10 }), (texts, calls) => {
        const findings = findingsOf(texts.join('\n'));
        const permits = texts.filter((text) => text.includes('permit('));
        const about = (code: string, type: string): boolean =>
          findings.some(({ code: own, message }) => own === code && message.includes(PAY) && message.includes(type));
        for (const one of calls) {
          const outcome = authorize(setOf(texts.join('\n')), one).outcome;
          const { type } = one.principal;
          if (about('POLICY_SET_DENIES_EVERYTHING', type)) expect(outcome).not.toBe('ALLOW');
          if (about('POLICY_DENIES_EVERYTHING', type) && !texts.some((text) => text.includes('LOG_ONLY')))
            expect(outcome).not.toBe('ALLOW');
          if (about('POLICY_SET_ALLOWS_EVERYTHING', type))
            expect(authorize(setOf(permits.join('\n')), one).outcome).toBe('ALLOW');
        }
      }),
      runs(50),
    );
  });
});
