import { createHmac } from 'node:crypto';
import type { JsonObject } from './json';

/**
 * Name of the tool argument with which the REQUEST interceptor proves that it saw a call. Guard policies deny calls without the right
 * value. Reserved: no tool has an argument of its own by this name.
 */
export const PROOF_ARGUMENT = 'gateway_proof';

/** What the deployment cuts out of guard policies: no deployed policy compares with this text, which everybody knows. */
export const PROOF_PLACEHOLDER = 'ggp_placeholder';

/** The condition of guard policies, as the policy set document has it. */
export const PROOF_CONDITION = `context.input.${PROOF_ARGUMENT} == "${PROOF_PLACEHOLDER}"`;

/** A proof wherever it shows. A part of one counts, since texts are cut. */
const PROOFS = /ggp_[0-9a-f]{8,}/g;

/**
 * What the interceptor sends. Derived, so that the secret itself is in no call, policy or log, and that a fingerprint says what
 * the interceptor does: an older version, whose trusted fields or required steps differ, proves something else.
 * @param secret a value of the gateway's secret
 * @param fingerprint hash of the trusted fields and required steps
 */
export function proofOf(secret: string, fingerprint: string): string {
  return `ggp_${createHmac('sha256', secret).update(fingerprint).digest('hex')}`;
}

/** A statement of the policy set document that takes any of these proofs. */
export function acceptingProofs(statement: string, proofs: readonly string[]): string {
  const comparisons = proofs.map((proof) => PROOF_CONDITION.replace(PROOF_PLACEHOLDER, proof));
  return statement.replaceAll(PROOF_CONDITION, `(${comparisons.join(' || ')})`);
}

/** Arguments as everybody but the guards may see them. The same object when there is no proof among them. */
export function withoutProofArgument(args: JsonObject): JsonObject {
  if (!Object.hasOwn(args, PROOF_ARGUMENT)) return args;
  return Object.fromEntries(Object.entries(args).filter(([name]) => name !== PROOF_ARGUMENT));
}

/**
 * Arguments as a caller can have sent them: policies that are not deployed take the placeholder, which everybody knows and no deployed
 * policy takes. The same object when it is not among them.
 */
export function withoutFeignedProof(args: JsonObject): JsonObject {
  return args[PROOF_ARGUMENT] === PROOF_PLACEHOLDER ? { ...args, [PROOF_ARGUMENT]: 'ggp_feigned' } : args;
}

/** A text that shows no proof. */
export function withoutProofs(text: string): string {
  return text.includes('ggp_') ? text.replace(PROOFS, '[redacted]') : text;
}
