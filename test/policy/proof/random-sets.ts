import fc from 'fast-check';
import { OAUTH_USER } from '../../../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { type PolicySet, preparePolicySet } from '../../../lib/policy/decision/policy-set';
import { activePolicies } from '../../../lib/policy/proof/encode/active-policies';
import type { Formula } from '../../../lib/policy/proof/formula/formula';
import { Prover } from '../../../lib/policy/proof/prover';
import type { ToolSchema } from '../../../lib/policy/schema/schema-json';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { CLAIMS, DEPLOY, policyText, TARGETS } from './random-policies';

/** A random set, and what a prover says of calls of {@link DEPLOY}. */
export interface RandomSet {
  readonly set: PolicySet;
  readonly tool: ToolSchema;
  readonly prover: Prover;
  readonly allowed: Formula;
  readonly fails: Formula;
}

/** The same sets for the same seed. */
export function randomSets(count: number, seed: number, policies = 6): string[][] {
  return fc.sample(fc.array(policyText, { minLength: 1, maxLength: policies }), { numRuns: count, seed });
}

export function randomSet(texts: readonly string[]): RandomSet {
  const set = preparePolicySet({
    policies: loadPolicies([PolicySource.fromInline(texts.join('\n'))], { nameSeed: 'test' }).policies,
    targets: TARGETS,
    mode: 'ENFORCE',
    gatewayArn: LOCAL_GATEWAY_ARN,
  });
  const tool = set.schema.tools.get(DEPLOY);
  if (tool === undefined) throw new Error('no tool');
  const prover = new Prover({ gatewayArn: set.gatewayArn, principalType: OAUTH_USER, claims: CLAIMS });
  return { set, tool, prover, ...prover.decision(activePolicies(set, tool), tool) };
}

/** What may be asked of a set: each outcome, and for each policy that it matches, misses or fails. */
export function questionsOf({ set, tool, prover, allowed, fails }: RandomSet): Formula[] {
  const { formulas } = prover;
  const each = activePolicies(set, tool).flatMap((policy) => {
    const { matches, fails: fault } = prover.verdict(policy, tool);
    return [matches, formulas.not(formulas.or(matches, fault)), fault];
  });
  return [allowed, fails, formulas.not(formulas.or(allowed, fails)), ...each];
}
