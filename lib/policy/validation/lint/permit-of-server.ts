import { diagnostic } from '../../../diagnostics/diagnostic';
import { namedActions } from '../../decision/scope';
import { ACTION_CALL_TOOL, ACTION_ROOT } from '../../schema/platform-entities';
import type { Lint } from './lint';

/** A permit that covers an MCP server as a whole, and so whatever tools the server gains. */
export const permitOfServer: Lint = {
  policy(policy, { input }) {
    if (policy.policy.effect !== 'permit') return [];
    const named = namedActions(policy.json.action)?.map(({ id }) => id);
    const covers = (target: string): boolean =>
      named === undefined || [target, ACTION_CALL_TOOL, ACTION_ROOT].some((group) => named.includes(group));
    return input.targets
      .filter(({ name, kind }) => kind === 'mcp-server' && covers(name))
      .map(({ name }) =>
        diagnostic('POLICY_PERMIT_OF_SERVER', { target: name }, { location: policy.scopeOf('action') }),
      );
  },
};
