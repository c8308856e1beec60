import { IAM_ENTITY, OAUTH_USER } from '../../../contract/claims';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { GATEWAY_TYPE } from '../../schema/platform-entities';
import type { Lint } from './lint';

const TYPES = [OAUTH_USER, IAM_ENTITY, GATEWAY_TYPE];

/** A type that AgentCore does not have. */
export const unknownType: Lint = {
  explain(finding, policy) {
    const [, type] = /^unrecognized entity type `(.+)`/.exec(finding.message) ?? [];
    if (type === undefined) return undefined;
    const local = type.slice(type.lastIndexOf(':') + 1);
    const same = TYPES.find((known) => known.endsWith(`::${local}`));
    const suggestion = same ?? (/group|role|team/i.test(local) ? undefined : suggest(type, TYPES));
    const params = suggestion === undefined ? { type } : { type, suggestion };
    return diagnostic('POLICY_TYPE_UNKNOWN', params, { location: policy.atBytes(finding) });
  },
};
