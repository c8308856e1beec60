import { InputError } from '../../contract/arguments/cedar-input';
import { withOptionalAttributes } from '../../contract/arguments/placeholder';
import { allowedBy, DENIED_BY_DEFAULT, EVALUATION_FAILED, forbiddenBy, type Outcome } from '../../contract/decision';
import { authorizePrepared, CedarFailure, type CedarRequest, type Response } from '../cedar/cedar';
import type { ToolSchema } from '../schema/schema-json';
import { cedarRequest } from './cedar-request';
import type { Decision, DecisionFlip, ToolCall } from './model';
import { narrowed } from './observed-attributes';
import type { PolicySet, Slice } from './policy-set';

/** Ids of the determining policies and of those that erred, sorted. */
interface Verdict {
  readonly outcome: Outcome;
  readonly determining: readonly string[];
  readonly errors: Decision['errors'];
}

/**
 * Decides a call as AgentCore does: a policy that errs fails the call, arguments that do not fit the tool's schema too.
 * Policies in LOG_ONLY change nothing and are reported as flips. Never throws, whatever the call holds.
 *
 * @example
 * const principal = principalFromClaims({ sub: 'ann', department: 'finance' });
 * const { outcome } = authorize(set, { principal, tool: 'refunds___refund', input: { amount: 20 }, now: new Date() });
 */
export function authorize(set: PolicySet, call: ToolCall): Decision {
  return answered(set, decideAny(set, call, asPublished));
}

/** As {@link authorize}, for a call of which only the arguments are at hand that policies read. */
export function authorizeWithoutRest(set: PolicySet, call: ToolCall): Decision {
  return answered(set, decideAny(set, call, anyOptional));
}

/** The decision about a call whose arguments did not fit its tool. */
export function authorizeMisfit(set: PolicySet, { tool, ...call }: Omit<ToolCall, 'input'>): Decision {
  const decided = set.schema.denied.has(tool)
    ? decideDenied(set, { ...call, tool, input: {} })
    : failed('the arguments do not fit the tool');
  return answered(set, decided);
}

function answered(set: PolicySet, { verdict, flips }: Decided): Decision {
  return {
    ...verdict,
    allowed: verdict.outcome === 'ALLOW' || set.mode === 'LOG_ONLY',
    reason: reasonOf(set, verdict),
    flips,
  };
}

interface Decided {
  readonly verdict: Verdict;
  readonly flips: readonly DecisionFlip[];
}

/** The types that arguments must fit. */
type InputType = (tool: ToolSchema) => ToolSchema;

const asPublished: InputType = (tool) => tool;

const optional = new WeakMap<ToolSchema, ToolSchema>();

const anyOptional: InputType = (tool) => {
  const known = optional.get(tool) ?? { ...tool, input: withOptionalAttributes(tool.input) };
  optional.set(tool, known);
  return known;
};

function decideAny(set: PolicySet, call: ToolCall, inputType: InputType): Decided {
  return set.schema.denied.has(call.tool) ? decideDenied(set, call) : decide(set, call, inputType);
}

function failed(message: string): Decided {
  return { verdict: { outcome: 'ERROR', determining: [], errors: [{ message }] }, flips: [] };
}

function decide(set: PolicySet, call: ToolCall, inputType: InputType): Decided {
  try {
    const tool = set.schema.tools.get(call.tool);
    if (tool === undefined) throw new InputError(`tool \`${call.tool}\` does not exist`);
    const slice = set.slice(tool);
    const whole = cedarRequest(set, inputType(tool), call, slice.namesAction ? 'with groups' : 'without groups');
    const request = narrowed(whole, slice.observed);
    const response = authorizePrepared(slice.active, request);
    const verdict = verdictOf(response);
    return { verdict, flips: flipsOf(slice, request, verdict) };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CedarFailure)) throw error;
    return failed(error.message);
  }
}

/** A tool that nobody may call: its arguments have no type, and no permit reaches it. */
function decideDenied(set: PolicySet, call: ToolCall): Decided {
  const { verdict } = decide(set, { ...call, input: {} }, asPublished);
  return {
    verdict: verdict.outcome === 'ALLOW' ? { ...verdict, outcome: 'DENY', determining: [] } : verdict,
    flips: [],
  };
}

function verdictOf({ decision, diagnostics }: Response): Verdict {
  const determining = diagnostics.reason.toSorted();
  const errors = erredIn(diagnostics);
  if (errors.length > 0) return { outcome: 'ERROR', determining: [], errors };
  return { outcome: decision === 'allow' ? 'ALLOW' : 'DENY', determining, errors };
}

function erredIn(diagnostics: Response['diagnostics']): { policy: string; message: string }[] {
  return diagnostics.errors
    .map(({ policyId, error }) => ({ policy: policyId, message: withoutPrefix(error.message) }))
    .sort((a, b) => (a.policy < b.policy ? -1 : 1));
}

/** Cedar starts with the policy's id, which stands beside the message anyway. */
function withoutPrefix(message: string): string {
  return message.replace(/^error while evaluating policy `(?:[^`\\]|\\.)*`: /, '');
}

/** Compares each LOG_ONLY policy alone with the ACTIVE set, as the platform does. */
function flipsOf(slice: Slice, request: CedarRequest, verdict: Verdict): DecisionFlip[] {
  const from = verdict.outcome;
  if (from === 'ERROR') return [];
  const flips: DecisionFlip[] = [];
  for (const [policies, to] of [
    [slice.logOnlyPermits, 'ALLOW'],
    [slice.logOnlyForbids, 'DENY'],
  ] as const) {
    if (Object.keys(policies.statements).length === 0) continue;
    const { diagnostics } = authorizePrepared(policies, request);
    for (const { policy } of erredIn(diagnostics)) flips.push({ policy, from, to: 'ERROR' });
    // A permit changes a denial by default only: a forbid that matched goes before it.
    const changes = to === 'DENY' ? from === 'ALLOW' : from === 'DENY' && verdict.determining.length === 0;
    if (changes) flips.push(...diagnostics.reason.map((policy) => ({ policy, from, to })));
  }
  return flips.sort((a, b) => (a.policy < b.policy ? -1 : 1));
}

function reasonOf(set: PolicySet, { outcome, determining }: Verdict): string {
  const names = determining.map((id) => set.policies.get(id)?.policy.name ?? id);
  if (outcome === 'ERROR') return EVALUATION_FAILED;
  if (outcome === 'ALLOW') return allowedBy(names);
  return names.length === 0 ? DENIED_BY_DEFAULT : forbiddenBy(names);
}
