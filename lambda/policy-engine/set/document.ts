import { PROOF_CONDITION, proofOf } from '../../../lib/contract/interceptor-proof';
import { POLICY_NAME_PATTERN, RESERVED_POLICY_NAME_PATTERN } from '../../../lib/contract/limits';
import { documentHash, type PolicySetDocument } from '../../../lib/contract/policy-set-document';
import type { HandlerDependencies } from '../dependencies';
import { failure } from '../messages/messages';
import type { TargetPolicy } from '../policies/policy';
import type { ServiceCalls } from '../service/service-calls';
import { statementText } from './statement-text';

/** Which policy set document is meant, and to which gateway it is bound. */
export interface DocumentReference {
  readonly key: string;
  readonly hash: string;
  readonly gatewayArn: string;
}

/** Whether an object may be waited for: not one of the past, which may have been swept, and then S3 denies it. */
export type DocumentAge = 'current' | 'previous';

/**
 * Reads a document from where the gateway's documents lie, and binds its statements to the gateway. Throws when it lies elsewhere, when its
 * bytes are not those that were synthesized, and when a name is not one that the service takes.
 */
export async function readTargets(
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  reference: DocumentReference,
  age: DocumentAge = 'current',
): Promise<readonly TargetPolicy[]> {
  return bound(await readDocument(dependencies, calls, reference, age), dependencies, calls, reference);
}

/** As {@link readTargets}, but only the policies that ask for a proof. */
export async function readGuards(
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  reference: DocumentReference,
): Promise<readonly TargetPolicy[]> {
  const document = await readDocument(dependencies, calls, reference, 'current');
  const policies = document.policies.filter(({ statementParts }) =>
    statementParts.some((part) => part.includes(PROOF_CONDITION)),
  );
  return bound({ ...document, policies }, dependencies, calls, reference);
}

async function readDocument(
  { own, readObject }: HandlerDependencies,
  calls: ServiceCalls,
  { key, hash }: DocumentReference,
  age: DocumentAge,
): Promise<PolicySetDocument> {
  const { bucket, prefix } = own.documents;
  if (!key.startsWith(prefix)) throw failure('DOCUMENT_FOREIGN', { key });
  const read = (signal: AbortSignal): Promise<string> => readObject(bucket, key, signal);
  const text = await calls.send('GetObject', read, { rightsMayBeNew: age === 'current' });
  if (documentHash(text) !== hash) throw failure('DOCUMENT_CHANGED', { key });
  const document = JSON.parse(text) as Partial<PolicySetDocument> | null;
  if (document?.version !== 1 || !Array.isArray(document.policies)) throw failure('DOCUMENT_INVALID', { key });
  const names = new Set<string>();
  for (const { name } of document.policies) {
    if (!POLICY_NAME_PATTERN.test(name)) throw failure('POLICY_NAME_INVALID', { name });
    if (RESERVED_POLICY_NAME_PATTERN.test(name)) throw failure('POLICY_NAME_RESERVED', { name });
    if (names.has(name)) throw failure('POLICY_NAME_TWICE', { name });
    names.add(name);
  }
  return document as PolicySetDocument;
}

async function bound(
  { policies, proof }: PolicySetDocument,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
  { gatewayArn }: DocumentReference,
): Promise<readonly TargetPolicy[]> {
  const proofs = proof === undefined ? [] : await acceptedProofs(dependencies, calls, proof.fingerprint);
  return policies.map((policy) => {
    const { id, name, effect, description, validationMode, enforcementMode, origin } = policy;
    const statement = statementText(policy, { gatewayArn, proofs });
    return { id, name, effect, statement, description, validationMode, enforcementMode, origin };
  });
}

async function acceptedProofs(
  { proofSecret }: HandlerDependencies,
  calls: ServiceCalls,
  fingerprint: string,
): Promise<string[]> {
  const values = (await calls.send('GetSecretValue', async () => proofSecret?.values())) ?? [];
  if (values.length === 0) throw failure('PROOF_MISSING', {});
  // In an order of their own, so that a value that becomes the current one changes no statement.
  return values.map((value) => proofOf(value, fingerprint)).sort();
}
