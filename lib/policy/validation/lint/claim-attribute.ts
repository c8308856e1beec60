import { diagnostic } from '../../../diagnostics/diagnostic';
import { quote } from '../../text/cedar-string';
import { attributePath } from '../../text/reads';
import { isMultiValued } from './claims';
import type { Lint } from './lint';

const NOT_FOUND = /^attribute `(.+)` on entity type `AgentCore::(\w+)` not found/;

/** `principal.department` where the claim is a tag. */
export const claimAttribute: Lint = {
  explain(finding, policy, context) {
    const [, attribute, type] = NOT_FOUND.exec(finding.message) ?? [];
    const [claim] = attributePath(attribute ?? '');
    if (claim === undefined || type === 'Gateway' || !policy.textOf(finding).startsWith('principal')) return undefined;
    const location = policy.atBytes(finding);
    if (claim === 'id') return diagnostic('POLICY_PRINCIPAL_ID_UNTYPED', {}, { location });
    const name = quote(claim);
    const test = isMultiValued(claim, context) ? 'like "*\\"NAME\\"*"' : '== "..."';
    const guarded = `principal.hasTag(${name}) && principal.getTag(${name}) ${test}`;
    return diagnostic('POLICY_CLAIM_AS_ATTRIBUTE', { claim, guarded }, { location });
  },
};
