import { type Claims, OAUTH_USER, type Principal } from '../../contract/claims';
import { projectionOf } from '../../contract/decision-record/projection';
import { withoutProofs } from '../../contract/interceptor-proof';
import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { GatewayManifest } from '../../contract/manifest';
import { policyPlace } from '../../contract/policy-place';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { authorize, listTools, preparePolicySet } from '../../policy';
import { type Explanation, explain } from '../../policy/decision/explain';
import type { Decision, ToolCall } from '../../policy/decision/model';
import { recordedFacts } from '../../policy/decision/recorded-tools';
import { describeExplanation } from '../../policy/testing/run/describe-explanation';
import { writtenStatement } from '../../policy/text/statement-text';
import type { RecordedValues } from '../call-record';
import type { ResolvedSwitches } from '../options';
import { ListMemory } from './list-memory';

/** The policy engine as the pipeline sees it. */
export interface PolicyDecider {
  authorize(call: ToolCall): Decision;
  /** Full names of the tools that some call could be permitted for. */
  listTools(principal: Principal, now: Date): ReadonlySet<string>;
  /** What the policies can read of a call. Undefined for a tool that they do not know. */
  recorded(call: ToolCall, claims: Claims): RecordedValues | undefined;
  /** The decision with what every policy of the tool made of the call. May hold proofs. */
  explanation(call: ToolCall): Explanation;
  /** Why the decision is what it is, for the developer. */
  explain(call: ToolCall): string;
  /** What stood in the way of the call, in one line without its values. */
  why(call: ToolCall): string;
}

/** The policy engine of a gateway. Throws a GovernanceError when the policies or tools are broken. */
export function policyDecider(
  manifest: GatewayManifest,
  policies: readonly DesiredPolicy[],
  switches: ResolvedSwitches,
): PolicyDecider {
  const set = preparePolicySet({
    policies,
    targets: manifest.targets,
    mode: manifest.gateway.mode,
    gatewayArn: LOCAL_GATEWAY_ARN,
    switches,
  });
  const lists = new ListMemory(policies);
  // Cedar reads the policies when they are first asked about, which is no caller's affair.
  listTools(set, { type: OAUTH_USER, id: 'nobody', tags: {} }, new Date());

  return {
    authorize: (call) => authorize(set, call),
    listTools: (principal, now) => lists.recall(principal, now, () => new Set(listTools(set, principal, now))),
    why: (call) => withoutProofs(describeExplanation(explain(set, call)).join('; ')),
    recorded: ({ tool, principal, input, now }, claims) => {
      const facts = recordedFacts(set, tool);
      if (facts === undefined) return undefined;
      const { reads, type, schema } = facts;
      const id = reads.callerId ? { id: principal.id } : {};
      const projection = projectionOf({ claims, arguments: input }, reads, type, switches);
      return {
        time: now.toISOString(),
        schema,
        input: { principal: { type: principal.type, ...id }, ...projection, pseudonyms: {} },
      };
    },
    explanation: (call) => explain(set, call),
    explain: (call) => withoutProofs(explanationText(explain(set, call))),
  };
}

/** The decision in full: the text of the policies that decided, and what failed in those that did not. */
function explanationText({ decision, candidates }: Explanation): string {
  const lines = [`${decision.outcome}: ${decision.reason}`];
  for (const { policy, message } of decision.errors) lines.push(`error${policy ? ` in ${policy}` : ''}: ${message}`);
  for (const flip of decision.flips) lines.push(`LOG_ONLY ${flip.policy}: ${flip.from} would be ${flip.to}`);
  if (candidates.length === 0 && decision.errors.length === 0) lines.push('no policy names this tool');
  for (const { policy, outcome, failed } of candidates) {
    lines.push(`${policy.effect} ${policy.id} (${policyPlace(policy)}): ${OUTCOMES[outcome]}`);
    for (const { text, value, message } of failed) {
      // A condition that holds stands in the way of its policy in `unless` only.
      const found = value === 'true' ? 'true, so that the policy leaves this call out' : value;
      lines.push(`  ${message ?? found}: ${text.trim()}`);
    }
    if (outcome === 'matched') lines.push(writtenStatement(policy).replace(/^/gm, '  '));
  }
  return lines.join('\n');
}

const OUTCOMES = {
  matched: 'matches',
  scope: 'is for another principal or resource',
  condition: 'does not match, because of these conditions',
  error: 'errs',
} as const;
