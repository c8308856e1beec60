import { IAM_ENTITY, OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../../contract/claims';
import type { DeclaredClaim } from '../../../contract/manifest';
import { Prover } from '../../proof/prover';
import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';
import { contradiction, type Span } from './contradiction';
import { allowedAlways, alwaysMatched, deniedAlways, type EveryCall, type JointDecision } from './every-call';
import { type Failure, failures } from './failures';
import { PolicyCell } from './policy-cell';
import { redundantPolicies } from './redundant';

const PRINCIPAL_TYPES = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER] as const;

/** Truths about policies that hold without a request. */
export interface StaticTruth {
  /** Calls that a policy matches always, by any type of caller, as the service's own analysis sees them. */
  readonly always: ReadonlyMap<PolicyView, readonly EveryCall[]>;
  /** Permits one of which matches, whatever the call, as the service's own analysis sees them. */
  readonly allowed: readonly JointDecision[];
  /** Forbids one of which matches every call that a permit matches, as the service's own analysis sees them. */
  readonly denied: readonly JointDecision[];
  /** Policies that no call of the gateway's callers matches. */
  readonly never: ReadonlySet<PolicyView>;
  /** Conditions that keep a policy of {@link never} from matching, where they are known. */
  readonly contradictions: ReadonlyMap<PolicyView, readonly Span[]>;
  /** Tools of which no call is allowed, and no finding of {@link always} and {@link denied} says so. */
  readonly unreachable: readonly ToolSchema[];
  /** Policies without which nothing is decided otherwise, with those that cover them. */
  readonly redundant: ReadonlyMap<PolicyView, readonly PolicyView[]>;
  /** Policies that fail for some call. */
  readonly failures: readonly Failure[];
}

/** The policies and tools in question. */
export interface StaticTruthInput {
  readonly policies: readonly PolicyView[];
  /** Policies that Cedar refuses, of which nothing is known. */
  readonly broken: ReadonlySet<PolicyView>;
  /** Policies of which Cedar says that no request matches them. */
  readonly impossible: ReadonlySet<PolicyView>;
  readonly tools: readonly ToolSchema[];
  readonly gatewayArn: string;
  /** Entity type of the gateway's callers. @default - nobody knows, and callers of every type are asked about */
  readonly principalType?: Principal['type'] | undefined;
  /** Claims that tokens carry. @default - nobody knows, and every text is possible */
  readonly claims?: readonly DeclaredClaim[] | undefined;
}

/** What policies match for all callers and arguments, alone and together. What is found is proved; what would take too many steps is not found. */
export function staticTruth(input: StaticTruthInput): StaticTruth {
  const { policies, broken, impossible, tools, principalType, claims } = input;
  const known = policies.filter((policy) => !broken.has(policy) && !impossible.has(policy));
  const isBroken = new Set([...broken].flatMap((policy) => policy.tools));
  const decidable = (cell: PolicyCell): boolean => !isBroken.has(cell.tool);
  // The service's analysis knows neither the gateway's callers nor their claims.
  const every = cellsOf(input, known, PRINCIPAL_TYPES);
  const asked = every.filter((cell) => principalType === undefined || cell.principalType === principalType);
  const types = principalType === undefined ? PRINCIPAL_TYPES : [principalType];
  const own = claims === undefined ? asked : cellsOf(input, known, types, claims);
  const possible = new Set(own.flatMap((cell) => cell.possible));
  // A policy without any tool is Cedar's to report.
  const never = new Set([...impossible, ...known.filter((policy) => policy.tools.length > 0 && !possible.has(policy))]);
  const judged = known.filter((policy) => !never.has(policy) && !policy.tools.some((tool) => isBroken.has(tool)));
  const ownOf = new Map(tools.map((tool): [ToolSchema, PolicyCell[]] => [tool, []]));
  for (const cell of own) ownOf.get(cell.tool)?.push(cell);
  const always = alwaysMatched(every);
  const denied = deniedAlways(every.filter(decidable));
  const explained = new Set([
    ...denied.flatMap((one) => one.tools),
    ...[...always].flatMap(([policy, calls]) =>
      policy.policy.effect === 'forbid' ? calls.flatMap((one) => one.tools) : [],
    ),
  ]);
  return {
    always,
    allowed: allowedAlways(every.filter(decidable)),
    denied,
    never,
    contradictions: contradictionsOf(never, own),
    unreachable: tools.filter(
      (tool) =>
        !isBroken.has(tool) && !explained.has(tool) && ownOf.get(tool)?.every((cell) => cell.isNever(cell.allowed)),
    ),
    redundant: redundantPolicies(judged, own),
    failures: failures(judged, own),
  };
}

function cellsOf(
  { tools, gatewayArn }: StaticTruthInput,
  policies: readonly PolicyView[],
  types: readonly Principal['type'][],
  claims?: readonly DeclaredClaim[],
): PolicyCell[] {
  const byTool = new Map(tools.map((tool): [ToolSchema, PolicyView[]] => [tool, []]));
  for (const policy of policies) for (const tool of policy.tools) byTool.get(tool)?.push(policy);
  return types.flatMap((principalType) => {
    const prover = new Prover({ gatewayArn, principalType, claims });
    return tools.map((tool) => new PolicyCell(prover, tool, principalType, byTool.get(tool) ?? []));
  });
}

function contradictionsOf(
  never: ReadonlySet<PolicyView>,
  cells: readonly PolicyCell[],
): ReadonlyMap<PolicyView, readonly Span[]> {
  return new Map(
    [...never].map((policy) => {
      const own = cells.filter(({ tool }) => policy.tools.includes(tool));
      return [
        policy,
        own.length === 0 ? [] : contradiction(policy, (json) => own.every((cell) => cell.excludes(json))),
      ];
    }),
  );
}
