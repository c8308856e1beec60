import { withoutProofs } from '../../contract/interceptor-proof';
import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { CandidateExplanation } from '../../policy/decision/explain';
import type { RememberedCall } from '../observe/call-history';
import type { PageDependencies } from './page-dependencies';
import { type PolicyCard, policyCard } from './policy-cards';

/** A policy of the tool, and what it made of the call. */
export interface PolicyVerdict extends PolicyCard {
  readonly outcome: CandidateExplanation['outcome'];
  readonly decided: boolean;
  readonly conditions: readonly {
    readonly text: string;
    readonly value: string;
    readonly message?: string | undefined;
    /** Whether the policy did not apply because of it. */
    readonly failed: boolean;
  }[];
}

/** Everything that is known of one call, stage by stage. Null for one that nobody remembers. */
export function callStory(number: number, { history }: PageDependencies): object | null {
  const call = history.find(number);
  if (call === undefined) return null;
  const { record, details } = call;
  if (details === undefined) return { record };
  const { claims, sent, steps, answer, received } = details;
  const policies = verdictsOf(call);
  const story = { record, claims, sent, steps, policies, answer, received };
  return JSON.parse(withoutProofs(JSON.stringify(story))) as object;
}

/** The policies of that time, those that decided first. */
export function verdictsOf({ record, details }: Pick<RememberedCall, 'record' | 'details'>): PolicyVerdict[] {
  const candidates = details?.decided?.explanation().candidates ?? [];
  const verdicts = candidates.map((candidate) => verdictOf(candidate, record.determining));
  return verdicts.sort((a, b) => Number(b.decided) - Number(a.decided));
}

function verdictOf(candidate: CandidateExplanation, determining: readonly string[]): PolicyVerdict {
  const { policy, outcome, conditions, failed } = candidate;
  const blamed = new Set(failed.map(({ text }) => text));
  return {
    ...policyCard(policy),
    outcome,
    decided: determining.includes(policy.id),
    conditions: conditions.map(({ condition: { text }, value, message }) => ({
      text: text.replaceAll(`AgentCore::Gateway::"${LOCAL_GATEWAY_ARN}"`, '?resource'),
      value,
      message,
      failed: blamed.has(text) && value !== 'unreached',
    })),
  };
}
