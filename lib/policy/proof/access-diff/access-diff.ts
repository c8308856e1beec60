import { isDeepStrictEqual } from 'node:util';
import type { DesiredPolicy } from '../../../contract/policy-set-document';
import type { AccessChange, UndecidedAccess } from './access-change';
import { Allowances } from './allowances';
import { type ComparedGateway, type PreparedGateway, preparedGateways } from './compared-gateway';
import { lookInto, toolsOf } from './direction';
import { type PolicyChange, policyChanges } from './policy-changes';

/** Two gateways to compare. */
export interface AccessDiffInput {
  readonly before: ComparedGateway;
  readonly after: ComparedGateway;
  /** Permits that describe access which is meant to be gained. @default - none */
  readonly allowances?: readonly DesiredPolicy[];
  /** Whether proofs are attacked with calls that `authorize` decides. Costs some 50 ms for a tool that policies changed. @default false */
  readonly attack?: boolean;
}

/** Whose access differs between two gateways, for all calls there can be. */
export interface AccessDiff {
  readonly changes: readonly AccessChange[];
  readonly undecided: readonly UndecidedAccess[];
  readonly policies: readonly PolicyChange[];
  readonly tools: ToolChanges;
  /** Tools for which it is proved that nobody gains or loses anything. */
  readonly unchanged: readonly string[];
  /** Ids of allowances that cover no gain. */
  readonly unused: readonly string[];
}

/** Full names, sorted. */
export interface ToolChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Tools that take other arguments than before. */
  readonly changed: readonly string[];
}

/**
 * Compares who may call what. What it does not list is proved not to differ. Throws a GovernanceError for policies and tools that cannot be
 * read, and an Error for a proof that an attack contradicts: the library is wrong then.
 */
export function compareAccess(input: AccessDiffInput): AccessDiff {
  const [before, after] = preparedGateways(input.before, input.after);
  const policies = policyChanges(before.set, after.set);
  const allowances = new Allowances(input.allowances ?? [], after);
  const common = { policies, attack: input.attack === true };
  const gains = lookInto({ ...common, direction: 'gained', first: after, second: before, allowances });
  const losses = lookInto({ ...common, direction: 'lost', first: before, second: after });
  const changes = [...gains.changes, ...losses.changes];
  const undecided = [...gains.undecided, ...losses.undecided];
  const touched = new Set([...changes.flatMap(({ tools }) => tools), ...undecided.map(({ tool }) => tool)]);
  const all = [...new Set([...toolsOf(before), ...toolsOf(after)])].sort();
  return {
    changes,
    undecided,
    policies,
    tools: toolChanges(before, after),
    unchanged: all.filter((tool) => !touched.has(tool)),
    unused: allowances.unused,
  };
}

function toolChanges(before: PreparedGateway, after: PreparedGateway): ToolChanges {
  const [old, current] = [toolsOf(before), toolsOf(after)];
  const input = ({ set }: PreparedGateway, tool: string) => set.schema.tools.get(tool)?.input;
  return {
    added: current.filter((tool) => !old.includes(tool)),
    removed: old.filter((tool) => !current.includes(tool)),
    changed: current.filter(
      (tool) => old.includes(tool) && !isDeepStrictEqual(input(before, tool), input(after, tool)),
    ),
  };
}
