import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { PolicyJson } from '../cedar/cedar';
import { entityLiteral, expressionsOf, plainUid } from '../cedar/expression';
import { GATEWAY_TYPE } from '../schema/platform-entities';
import { parseStatement } from './parsed-policy';

/** The ARN that somebody knows; the local one only stands for one that nobody knows yet. */
export function knownArn(gatewayArn: string | undefined): string | undefined {
  return gatewayArn === LOCAL_GATEWAY_ARN ? undefined : gatewayArn;
}

/**
 * The ARN that statements are bound to and that requests name. Where nobody knows it yet, a gateway that a policy writes out must
 * be the one, so that such a policy decides offline as it will on the service.
 */
export function evaluationArn(policies: readonly DesiredPolicy[], gatewayArn: string | undefined): string {
  return knownArn(gatewayArn) ?? writtenArn(policies) ?? LOCAL_GATEWAY_ARN;
}

/** The first gateway that a statement writes out. */
function writtenArn(policies: readonly DesiredPolicy[]): string | undefined {
  for (const { statementParts } of policies) {
    const [text, ...others] = statementParts;
    if (text === undefined || others.length > 0) continue;
    const parsed = parseStatement(text);
    const found = parsed.ok ? gatewayIn(parsed.json) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function gatewayIn(policy: PolicyJson): string | undefined {
  const scope = 'entity' in policy.resource ? [plainUid(policy.resource.entity)] : [];
  const compared = [...expressionsOf(policy)].flatMap((expression) => entityLiteral(expression) ?? []);
  return [...scope, ...compared].find(({ type }) => type === GATEWAY_TYPE)?.id;
}
