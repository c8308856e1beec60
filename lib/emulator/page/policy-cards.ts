import { LOCAL_GATEWAY_ARN } from '../../contract/local-arn';
import type { GatewayManifest } from '../../contract/manifest';
import { policyPlace } from '../../contract/policy-place';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import { preparePolicySet } from '../../policy/decision/policy-set';
import { policyProofs, proofSentences } from '../../policy/proof/policy-proofs';
import { sentenceLine } from '../../policy/sentence/layout';
import { policySentence } from '../../policy/sentence/policy-sentence';
import { principalTypeOf } from '../../policy/testing/run/gateway-under-test';
import { writtenStatement } from '../../policy/text/statement-text';

/** A policy as the page shows it. */
export interface PolicyCard {
  readonly id: string;
  readonly effect: DesiredPolicy['effect'];
  readonly enforcement: DesiredPolicy['enforcementMode'];
  readonly description: string | undefined;
  /** `policies/refunds.cedar:3`, and the baseline that brings it. */
  readonly place: string;
  /** What it says, in words. */
  readonly sentence: string;
  /** What it says, as it was written. */
  readonly text: string;
}

export function policyCard(policy: DesiredPolicy): PolicyCard {
  return {
    id: policy.id,
    effect: policy.effect,
    enforcement: policy.enforcementMode,
    description: policy.description,
    place: policyPlace(policy),
    sentence: sentenceLine(policySentence(policy)),
    text: writtenStatement(policy),
  };
}

/** Policies that are given at once. */
const PAGE = 50;

/** A page of the running gateway's policies, of those whose id, file or text holds what somebody looks for. */
export function policyPage({ url }: { readonly url: URL }, { policies, invariants }: GatewayManifest): object {
  const text = (url.searchParams.get('text') ?? '').toLowerCase();
  const from = Math.max(0, Number(url.searchParams.get('from')) || 0);
  const found = policies.filter(({ id, origin, statementParts }) =>
    [id, origin.file, ...statementParts].some((part) => part.toLowerCase().includes(text)),
  );
  return {
    total: found.length,
    from,
    policies: found.slice(from, from + PAGE).map(policyCard),
    invariants: invariants.map(({ id, sentence, origin }) => ({
      id,
      sentence,
      place: `${origin.file}:${origin.line}`,
    })),
  };
}

const known = new WeakMap<GatewayManifest, Map<string, readonly string[]>>();

/** Proofs about a policy, in sentences; made when the page first asks for them, because they take time. */
export function provedOf(id: string, manifest: GatewayManifest): readonly string[] {
  const before = known.get(manifest) ?? new Map<string, readonly string[]>();
  known.set(manifest, before);
  const found = before.get(id) ?? prove(id, manifest);
  before.set(id, found);
  return found;
}

function prove(id: string, { policies, invariants, targets, gateway, identity }: GatewayManifest): string[] {
  if (!policies.some((policy) => policy.id === id)) return [];
  const set = preparePolicySet({ policies, targets, mode: gateway.mode, gatewayArn: LOCAL_GATEWAY_ARN });
  const input = { invariants, set, principalType: principalTypeOf({ identity }), claims: identity.claims };
  const proof = policyProofs(input, [id]).get(id);
  return proof === undefined ? [] : proofSentences(proof);
}
