import { randomBytes } from 'node:crypto';
import { PSEUDONYM_KEY_VARIABLE } from '../../contract/decision-record/key-variable';
import { acceptingProofs, proofOf } from '../../contract/interceptor-proof';
import type { GatewayManifest } from '../../contract/manifest';
import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { Resolver } from '../../contract/template-values';
import type { ProofSource } from '../../contract/trusted-context';

/** Values of secrets by what functions call them. */
export type LocalSecrets = ReadonlyMap<string, string>;

/** Values of this run for the secrets of the application's interceptors: one proves, one makes pseudonyms. */
export function localSecrets(manifest: GatewayManifest, resolve: Resolver): LocalSecrets {
  const { request, response } = manifest.interceptors;
  const keys = [request, response].flatMap((one) => one?.environment[PSEUDONYM_KEY_VARIABLE] ?? []).map(resolve);
  const ids = [secretIdOf(manifest, resolve), ...keys].filter((id) => id !== undefined);
  return new Map([...new Set(ids)].map((id) => [id, randomBytes(32).toString('hex')]));
}

/** Policies as they are deployed, with what the interceptor proves in the place of the placeholder. */
export function provenPolicies(
  policies: readonly DesiredPolicy[],
  manifest: GatewayManifest,
  secrets: LocalSecrets,
  resolve: Resolver,
): readonly DesiredPolicy[] {
  const source = proofSource(manifest);
  const value = secrets.get(secretIdOf(manifest, resolve) ?? '');
  // Without a value nothing is proven: the placeholder must not be what a client has to send.
  const proofs = source === undefined ? [] : [proofOf(value ?? randomBytes(32).toString('hex'), source.fingerprint)];
  if (proofs.length === 0) return policies;
  return policies.map((policy) => ({
    ...policy,
    statementParts: policy.statementParts.map((part) => acceptingProofs(part, proofs)),
  }));
}

function secretIdOf(manifest: GatewayManifest, resolve: Resolver): string | undefined {
  const variable = proofSource(manifest)?.secretVariable;
  const value = variable === undefined ? undefined : manifest.interceptors.request?.environment[variable];
  return value === undefined ? undefined : resolve(value);
}

function proofSource({ trustedContext }: GatewayManifest): ProofSource | undefined {
  return trustedContext.map(({ source }) => source).find((source) => source.kind === 'proof');
}
