import type { Principal } from '../contract/claims';
import type { DeclaredClaim } from '../contract/manifest';
import { type PolicySet, preparePolicySet } from '../policy/decision/policy-set';
import { principalTypeOf } from '../policy/testing/run/gateway-under-test';
import type { GatewayInput } from './gateway-input';

/** Facts about a gateway's callers, known before anybody calls. */
export interface Callers {
  readonly principalType: Principal['type'];
  readonly claims: readonly DeclaredClaim[] | undefined;
}

/** The callers of a gateway. */
export function callersOf(gateway: GatewayInput): Callers {
  return { principalType: principalTypeOf(gateway), claims: gateway.identity?.claims };
}

/** The policies of a gateway, ready to decide. Throws for those in which something is wrong. */
export function policySetOf({ policies, targets, gatewayArn, switches, mode }: GatewayInput): PolicySet {
  return preparePolicySet({ policies, targets, mode, gatewayArn, ...(switches === undefined ? {} : { switches }) });
}
