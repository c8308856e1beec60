import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type AccessDiff, compareAccess } from '../../policy/proof/access-diff/access-diff';
import type { ComparedGateway } from '../../policy/proof/access-diff/compared-gateway';
import type { GatewayInput } from '../gateway-input';
import { callersOf } from '../gateway-views';
import type { GatewayPair } from './gateway-pair';

/** A gateway with what a change does to the access to it. */
export interface GatewayDiff {
  readonly pair: GatewayPair;
  readonly diff: AccessDiff;
}

/** Compares the sides of a gateway. @param allowances permits that describe what is meant to be gained */
export function gatewayDiff(pair: GatewayPair, allowances: readonly DesiredPolicy[]): GatewayDiff {
  const [before, after] = [pair.before && compared(pair.before), pair.after && compared(pair.after)];
  const [known] = [after ?? before];
  if (known === undefined) throw new Error('a gateway without sides');
  const nothing: ComparedGateway = { ...known, policies: [], targets: [] };
  const diff = compareAccess({ before: before ?? nothing, after: after ?? nothing, allowances, attack: true });
  return { pair, diff };
}

function compared(gateway: GatewayInput): ComparedGateway {
  const { policies, targets, mode, gatewayArn, switches, trusted } = gateway;
  const common = { policies, targets, mode, gatewayArn, trusted: trusted.fields, ...callersOf(gateway) };
  return switches === undefined ? common : { ...common, switches };
}
