import { GATEWAY_ARN_PATTERN } from '../../../contract/limits';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { plainUid } from '../../cedar/expression';
import type { Lint } from './lint';

/** A gateway that is written out must be one, and the one of the set. */
export const gatewayArn: Lint = {
  policy(policy, { gatewayArn: expected }) {
    const { resource } = policy.json;
    if (resource.op === 'All' || !('entity' in resource) || policy.policy.statementParts.length > 1) return [];
    const arn = plainUid(resource.entity).id;
    const location = policy.scopeOf('resource');
    if (!GATEWAY_ARN_PATTERN.test(arn)) return [diagnostic('POLICY_GATEWAY_ARN_INVALID', { arn }, { location })];
    if (expected === arn) return [];
    return [diagnostic('POLICY_GATEWAY_MISMATCH', { arn, expected }, { location })];
  },
};
