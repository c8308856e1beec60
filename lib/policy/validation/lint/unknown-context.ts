import { diagnostic } from '../../../diagnostics/diagnostic';
import { attributePath, attributeReads } from '../../text/reads';
import type { Lint } from './lint';

/** Attributes of the context or the gateway that do not exist, for example a source IP. */
export const unknownContext: Lint = {
  explain(finding, policy) {
    const location = policy.atRead(finding);
    const [, inContext] = /^attribute `(.+)` in context for .+ not found/.exec(finding.message) ?? [];
    const path = attributePath(inContext ?? '');
    if (inContext !== undefined && !(path[0] === 'input' && path.length > 1)) {
      return diagnostic('POLICY_CONTEXT_UNKNOWN', { name: path.join('.') }, { location });
    }
    const [, ofGateway] = /^attribute `(.+)` on entity type `AgentCore::Gateway` not found/.exec(finding.message) ?? [];
    return ofGateway === undefined
      ? undefined
      : diagnostic('POLICY_RESOURCE_ATTRIBUTE', { name: ofGateway }, { location });
  },
  policy(policy) {
    const unknown = policy.contextReads.filter(
      ({ path, isTest }) => isTest && path[0] !== 'input' && path[0] !== 'system',
    );
    const ofGateway = attributeReads(policy.tokens, 'resource').filter(({ isTest }) => isTest);
    return [
      ...unknown.map(({ path, start, end }) =>
        diagnostic('POLICY_CONTEXT_UNKNOWN', { name: path[0] ?? '' }, { location: policy.at(start, end) }),
      ),
      ...ofGateway.map(({ path, start, end }) =>
        diagnostic('POLICY_RESOURCE_ATTRIBUTE', { name: path[0] ?? '' }, { location: policy.at(start, end) }),
      ),
    ];
  },
};
