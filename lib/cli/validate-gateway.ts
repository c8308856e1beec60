import type { DesiredPolicy } from '../contract/policy-set-document';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { nameFindings, validatePolicySet } from '../policy/validation/validate';
import type { ValidationInput } from '../policy/validation/view/validation-input';
import type { GatewayInput } from './gateway-input';
import { callersOf } from './gateway-views';

/** Everything that is found in the policies of a gateway. */
export function validateGateway(gateway: GatewayInput): Diagnostic[] {
  return [...gateway.findings, ...validatePolicySet(checkedOf(gateway))];
}

/** Names in statements that no tool and no caller of a gateway has. */
export function unknownNames(statements: readonly DesiredPolicy[], gateway: GatewayInput): Diagnostic[] {
  return nameFindings(statements, checkedOf(gateway));
}

function checkedOf(gateway: GatewayInput): ValidationInput {
  const { policies, invariants = [], texts, targets, toolClasses, mode, trusted, switches } = gateway;
  // Without an identity nobody knows what callers are, and a policy for any type of them may be meant.
  const callers =
    gateway.identity === undefined
      ? {}
      : { groups: gateway.identity.groups, customClaims: gateway.identity.customClaims, ...callersOf(gateway) };
  const input = {
    policies,
    invariants,
    texts,
    targets,
    toolClasses,
    mode,
    trustedContext: trusted.fields ?? [],
    ...callers,
  };
  return switches === undefined ? input : { ...input, switches };
}
