import { IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../../../contract/claims';
import type { PolicyJson } from '../../cedar/cedar';
import type { Verdict } from '../../proof/encode/policy-verdict';
import type { Formula } from '../../proof/formula/formula';
import { Prover } from '../../proof/prover';
import type { ToolSchema } from '../../schema/schema-json';
import type { PolicyView } from '../view/policy-view';
import { contradiction, type Span } from './contradiction';

const PRINCIPAL_TYPES = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER] as const;

/** All calls of these tools by callers of a type, whatever their claims and arguments are. */
export interface EveryCall {
  readonly principalType: string;
  readonly tools: readonly ToolSchema[];
}

/** Calls that several policies decide together, none of which does it alone. */
export interface JointDecision extends EveryCall {
  readonly policies: readonly PolicyView[];
}

/** What is known of policies without a request. */
export interface StaticTruth {
  /** Calls that a policy matches always. */
  readonly always: ReadonlyMap<PolicyView, readonly EveryCall[]>;
  /** Policies that no request matches. */
  readonly never: ReadonlySet<PolicyView>;
  /** Conditions that keep a policy of {@link never} from matching, where they are known. */
  readonly contradictions: ReadonlyMap<PolicyView, readonly Span[]>;
  /** Tools that no active permit can match. */
  readonly unpermitted: readonly ToolSchema[];
  /** Permits one of which matches, whatever the call. */
  readonly allowed: readonly JointDecision[];
  /** Forbids one of which matches every call that a permit matches. */
  readonly denied: readonly JointDecision[];
}

/** What is asked about. */
export interface StaticTruthInput {
  readonly policies: readonly PolicyView[];
  /** Policies that Cedar refuses, of which nothing is known. */
  readonly broken: ReadonlySet<PolicyView>;
  /** Policies of which Cedar says that no request matches them. */
  readonly impossible: ReadonlySet<PolicyView>;
  readonly tools: readonly ToolSchema[];
  readonly gatewayArn: string;
}

/**
 * What policies match for all callers and arguments, alone and together. What is found is proved; what would take too many steps is not found.
 * Claims are taken to have any text, as the service's own analysis takes them.
 */
export function staticTruth({ policies, broken, impossible, tools, gatewayArn }: StaticTruthInput): StaticTruth {
  const known = policies.filter((policy) => !broken.has(policy) && !impossible.has(policy));
  const byTool = new Map(tools.map((tool): [ToolSchema, PolicyView[]] => [tool, []]));
  for (const policy of known) for (const tool of policy.tools) byTool.get(tool)?.push(policy);
  const cells = PRINCIPAL_TYPES.flatMap((principalType) => {
    const prover = new Prover({ gatewayArn, principalType });
    return tools.map((tool) => new Cell(prover, tool, principalType, byTool.get(tool) ?? []));
  });
  const isBroken = new Set([...broken].flatMap((policy) => policy.tools));
  const decidable = cells.filter(({ tool }) => !isBroken.has(tool));
  const possible = new Set(cells.flatMap((cell) => cell.possible));
  const permitted = new Set(cells.filter(({ permits }) => permits.length > 0).map(({ tool }) => tool));
  // A policy without any tool is Cedar's to report.
  const never = new Set([...impossible, ...known.filter((policy) => policy.tools.length > 0 && !possible.has(policy))]);
  return {
    always: alwaysMatched(known, cells),
    never,
    contradictions: contradictionsOf(never, cells),
    unpermitted: tools.filter((tool) => !permitted.has(tool) && !isBroken.has(tool)),
    allowed: joined(decidable, (cell) => cell.allowed()),
    denied: joined(decidable, (cell) => cell.denied()),
  };
}

function contradictionsOf(
  never: ReadonlySet<PolicyView>,
  cells: readonly Cell[],
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

function alwaysMatched(
  policies: readonly PolicyView[],
  cells: readonly Cell[],
): ReadonlyMap<PolicyView, readonly EveryCall[]> {
  const found = policies.map((policy): [PolicyView, EveryCall[]] => [
    policy,
    PRINCIPAL_TYPES.flatMap((principalType) => {
      const matched = cells.filter((cell) => cell.principalType === principalType && cell.complete.has(policy));
      return matched.length === 0 ? [] : [{ principalType, tools: matched.map(({ tool }) => tool) }];
    }),
  ]);
  return new Map(found.filter(([, everyCall]) => everyCall.length > 0));
}

/** The calls of one tool by callers of one type, and what policies say of them. */
class Cell {
  /** Policies that some call matches. */
  readonly possible: readonly PolicyView[];
  /** Policies that every call matches. */
  readonly complete: ReadonlySet<PolicyView>;
  /** Active policies that some call matches. */
  readonly permits: readonly PolicyView[];
  private readonly forbids: readonly PolicyView[];

  constructor(
    private readonly prover: Prover,
    readonly tool: ToolSchema,
    readonly principalType: string,
    policies: readonly PolicyView[],
  ) {
    this.possible = policies.filter((policy) => !this.isNever(this.matches(policy)));
    this.complete = new Set(this.possible.filter((policy) => this.isNever(prover.formulas.not(this.matches(policy)))));
    const active = this.possible.filter(({ policy }) => policy.enforcementMode === 'ACTIVE');
    this.permits = active.filter(({ policy }) => policy.effect === 'permit');
    this.forbids = active.filter(({ policy }) => policy.effect === 'forbid');
  }

  /** As few permits as match every call together. Forbids come later, and the service refuses such permits before. */
  allowed(): readonly PolicyView[] {
    if (this.permits.length < 2 || this.permits.some((policy) => this.complete.has(policy))) return [];
    return this.fewest(this.permits, (some) =>
      this.prover.formulas.or(
        this.prover.formulas.not(this.anyOf(some)),
        ...this.permits.map((policy) => this.verdict(policy).fails),
      ),
    );
  }

  /** As few forbids as match together whatever a permit matches. */
  denied(): readonly PolicyView[] {
    if (this.permits.length === 0 || this.forbids.length === 0) return [];
    if (this.forbids.some((policy) => this.complete.has(policy))) return [];
    const { formulas } = this.prover;
    return this.fewest(this.forbids, (some) => formulas.and(this.anyOf(this.permits), formulas.not(this.anyOf(some))));
  }

  /** Policies that leave no exception, with none to spare. Empty when all of them leave one. */
  private fewest(
    all: readonly PolicyView[],
    exception: (some: readonly PolicyView[]) => Formula,
  ): readonly PolicyView[] {
    if (!this.isNever(exception(all))) return [];
    let kept = all;
    for (const policy of all) {
      const others = kept.filter((other) => other !== policy);
      if (this.isNever(exception(others))) kept = others;
    }
    return kept;
  }

  /** Whether no call of the cell matches a policy. */
  excludes(policy: PolicyJson): boolean {
    return this.isNever(this.prover.verdict(policy, this.tool).matches);
  }

  private matches(policy: PolicyView): Formula {
    return this.verdict(policy).matches;
  }

  private verdict(policy: PolicyView): Verdict {
    return this.prover.verdict(policy.json, this.tool);
  }

  private anyOf(policies: readonly PolicyView[]): Formula {
    return this.prover.formulas.or(...policies.map((policy) => this.matches(policy)));
  }

  private isNever(formula: Formula): boolean {
    return this.prover.isPossible(formula, this.tool) === false;
  }
}

/** One decision for all tools that the same policies decide for the same type of principal. */
function joined(cells: readonly Cell[], decisive: (cell: Cell) => readonly PolicyView[]): readonly JointDecision[] {
  const found: { policies: readonly PolicyView[]; principalType: string; tools: ToolSchema[] }[] = [];
  for (const cell of cells) {
    const policies = decisive(cell);
    if (policies.length === 0) continue;
    const { principalType, tool } = cell;
    const same = found.find((one) => one.principalType === principalType && isSame(one.policies, policies));
    if (same) same.tools.push(tool);
    else found.push({ policies, principalType, tools: [tool] });
  }
  return found;
}

function isSame(some: readonly PolicyView[], others: readonly PolicyView[]): boolean {
  return some.length === others.length && some.every((policy, index) => policy === others[index]);
}
