import type { EnforcementMode } from '../../contract/decision';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { PolicyJson, PreparedPolicies } from '../cedar/cedar';
import type { PlatformSwitches } from '../schema/catalog-target';
import { type GeneratedSchema, generateSchema } from '../schema/schema';
import type { ToolSchema } from '../schema/schema-json';
import { evaluationArn } from '../source/gateway-arn';
import { parseProblems } from '../source/parse-problems';
import { parseStatement } from '../source/parsed-policy';
import { boundStatement, locateBytes, withoutActionScope } from '../text/statement-text';
import type { PolicySetInput } from './model';
import { type Observed, observedBy } from './observed-attributes';
import { coversTool, looksAtAction } from './scope';

/** A policy that is ready to be evaluated. */
export interface PreparedPolicy {
  readonly policy: DesiredPolicy;
  /** The statement, bound to the gateway. */
  readonly text: string;
  readonly json: PolicyJson;
}

/**
 * The policies that can apply to one tool. The others cannot decide nor err there: Cedar evaluates the action scope of
 * a policy before its conditions. Within a slice that scope holds, so that it is left out.
 */
export interface Slice {
  /** Whether a condition asks for the action, and so for the groups that it is in. */
  readonly namesAction: boolean;
  /** What the policies look at of a request. */
  readonly observed: Observed;
  readonly active: PreparedPolicies;
  /** Policies that are only evaluated for the log, apart by effect because Cedar names no permit once a forbid matches. */
  readonly logOnlyPermits: PreparedPolicies;
  readonly logOnlyForbids: PreparedPolicies;
}

/** Policies, tools and mode of one gateway, parsed once. Made by {@link preparePolicySet}. */
export class PolicySet {
  private readonly slices = new Map<string, Slice>();
  private readonly covering = new Map<string, readonly PreparedPolicy[]>();

  /** @internal use {@link preparePolicySet} */
  constructor(
    readonly policies: ReadonlyMap<string, PreparedPolicy>,
    readonly schema: GeneratedSchema,
    readonly mode: EnforcementMode,
    readonly gatewayArn: string,
    readonly switches: PlatformSwitches,
  ) {}

  /** Policies whose action scope covers a tool, in the order of the set. */
  candidates(tool: ToolSchema): readonly PreparedPolicy[] {
    const known = this.covering.get(tool.action);
    if (known !== undefined) return known;
    const candidates = [...this.policies.values()].filter(({ json }) => coversTool(json, tool));
    this.covering.set(tool.action, candidates);
    return candidates;
  }

  slice(tool: ToolSchema): Slice {
    const known = this.slices.get(tool.action);
    if (known !== undefined) return known;
    const candidates = this.candidates(tool);
    const active = candidates.filter(({ policy }) => policy.enforcementMode === 'ACTIVE');
    const logOnly = candidates.filter(({ policy }) => policy.enforcementMode === 'LOG_ONLY');
    const slice: Slice = {
      namesAction: candidates.some(({ json }) => looksAtAction(json)),
      observed: observedBy(candidates.map(({ json }) => json)),
      active: prepared(active),
      logOnlyPermits: prepared(logOnly.filter(({ policy }) => policy.effect === 'permit')),
      logOnlyForbids: prepared(logOnly.filter(({ policy }) => policy.effect === 'forbid')),
    };
    this.slices.set(tool.action, slice);
    return slice;
  }
}

function prepared(policies: readonly PreparedPolicy[]): PreparedPolicies {
  return { statements: Object.fromEntries(policies.map((one) => [one.policy.id, bareText(one)])) };
}

const bareTexts = new WeakMap<PreparedPolicy, string>();

function bareText(policy: PreparedPolicy): string {
  const text = bareTexts.get(policy) ?? withoutActionScope(policy.text);
  bareTexts.set(policy, text);
  return text;
}

/**
 * Parses policies and tools once for many decisions. Throws a {@link GovernanceError} with everything that is wrong in them.
 *
 * @example
 * const { policies } = loadPolicies([PolicySource.fromDirectory('policies')], { nameSeed: 'local' });
 * const set = preparePolicySet({ policies, targets, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
 */
export function preparePolicySet(input: PolicySetInput): PolicySet {
  const gatewayArn = evaluationArn(input.policies, input.gatewayArn);
  const schema = generateSchema(input.targets, input.switches);
  const { policies, diagnostics } = parsedPolicies(input.policies, gatewayArn);
  const all = [...schema.diagnostics, ...diagnostics];
  if (hasErrors(all)) throw new GovernanceError(all);
  return new PolicySet(policies, schema, input.mode, gatewayArn, input.switches ?? {});
}

/** Other policies over the tools and under the ARN of a set. What both have is not parsed again. Throws as {@link preparePolicySet}. */
export function preparePoliciesOver(set: PolicySet, wanted: readonly DesiredPolicy[]): PolicySet {
  const { policies, diagnostics } = parsedPolicies(wanted, set.gatewayArn, set);
  if (hasErrors(diagnostics)) throw new GovernanceError(diagnostics);
  return new PolicySet(policies, set.schema, set.mode, set.gatewayArn, set.switches);
}

function parsedPolicies(wanted: readonly DesiredPolicy[], gatewayArn: string, known?: PolicySet) {
  const diagnostics: Diagnostic[] = [];
  const policies = new Map<string, PreparedPolicy>();
  for (const policy of wanted) {
    const text = boundStatement(policy, gatewayArn);
    const same = known?.policies.get(policy.id);
    const parsed = same?.text === text ? ({ ok: true, json: same.json } as const) : parseStatement(text);
    if (parsed.ok) policies.set(policy.id, { policy, text, json: parsed.json });
    else diagnostics.push(...parseProblems(parsed.errors, (from, to) => locateBytes(policy, gatewayArn, from, to)));
  }
  return { policies, diagnostics };
}
