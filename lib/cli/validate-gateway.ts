import type { Diagnostic } from '../diagnostics/diagnostic';
import { validatePolicySet } from '../policy/validation/validate';
import type { GatewayInput } from './gateway-input';
import { callersOf } from './gateway-views';

/** Everything that is found in the policies of a gateway. */
export function validateGateway(gateway: GatewayInput): Diagnostic[] {
  const { policies, invariants = [], texts, targets, mode, trusted, switches } = gateway;
  const common = { policies, invariants, texts, targets, mode };
  const input = {
    ...common,
    trustedContext: trusted.fields ?? [],
    groups: gateway.identity?.groups,
    ...callersOf(gateway),
  };
  return [...gateway.findings, ...validatePolicySet(switches === undefined ? input : { ...input, switches })];
}
