import { quote } from '../../../contract/cedar-string';
import { type Diagnostic, diagnostic, type Location } from '../../../diagnostics/diagnostic';
import { attributePath, attributeReads } from '../../text/reads';
import { isMultiValued } from './claims';
import type { Lint, LintContext } from './lint';

const NOT_FOUND = /^attribute `(.+)` on entity type `AgentCore::(\w+)` not found/;

/** `principal.department` or `principal has department` where the claim is a tag. */
export const claimAttribute: Lint = {
  explain(finding, policy, context) {
    const [, attribute, type] = NOT_FOUND.exec(finding.message) ?? [];
    const [claim] = attributePath(attribute ?? '');
    if (claim === undefined || type === 'Gateway' || !policy.textOf(finding).startsWith('principal')) return undefined;
    const location = policy.atBytes(finding);
    return claim === 'id'
      ? diagnostic('POLICY_PRINCIPAL_ID_UNTYPED', {}, { location })
      : found(claim, location, context);
  },
  policy(policy, context) {
    const tests = attributeReads(policy.tokens, 'principal').filter(({ isTest, path }) => isTest && path[0] !== 'id');
    return tests.map(({ path, start, end }) => found(path[0] ?? '', policy.at(start, end), context));
  },
};

function found(claim: string, location: Location, context: LintContext): Diagnostic {
  const name = quote(claim);
  const isList = isMultiValued(claim, context);
  const [one, several] = ['== "..."', 'like "*\\"NAME\\"*"'];
  const guarded = `principal.hasTag(${name}) && principal.getTag(${name}) ${isList === true ? several : one}`;
  const params = isList === undefined ? { claim, guarded, forArrays: several } : { claim, guarded };
  return diagnostic('POLICY_CLAIM_AS_ATTRIBUTE', params, { location });
}
