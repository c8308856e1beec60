import type { Diagnostic } from '../diagnostics/diagnostic';
import { validatePolicySet } from '../policy/validation/validate';
import type { GatewayInput } from './gateway-input';
import { callersOf } from './gateway-views';

/** Everything that is found in the policies of a gateway. */
export function validateGateway(gateway: GatewayInput): Diagnostic[] {
  const { policies, invariants = [], texts, targets, mode, trusted, switches } = gateway;
  // Without an identity nobody knows what callers are, and a policy for any type of them may be meant.
  const callers = gateway.identity === undefined ? {} : { groups: gateway.identity.groups, ...callersOf(gateway) };
  const input = { policies, invariants, texts, targets, mode, trustedContext: trusted.fields ?? [], ...callers };
  return [...gateway.findings, ...validatePolicySet(switches === undefined ? input : { ...input, switches })];
}
