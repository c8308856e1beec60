import { acceptingProofs, PROOF_CONDITION, PROOF_PLACEHOLDER, proofOf } from '../../lib/contract/interceptor-proof';
import { POLICY_NAME_PATTERN } from '../../lib/contract/limits';
import type { DesiredPolicy, PolicySetDocument } from '../../lib/contract/policy-set-document';
import type { Edges } from './edges';
import type { TargetPolicy } from './policies';

/** Where a policy set document lies, and to which gateway it is bound. */
export interface DocumentReference {
  readonly bucket: string;
  readonly key: string;
  readonly gatewayArn: string;
}

/** Reads a document and binds its statements to the gateway. Throws when it is none, or a name is not one that the service takes. */
export async function readTargets(edges: Edges, reference: DocumentReference): Promise<readonly TargetPolicy[]> {
  return bound(await readDocument(edges, reference), edges, reference);
}

/** As {@link readTargets}, but only the policies that ask for a proof. */
export async function readGuards(edges: Edges, reference: DocumentReference): Promise<readonly TargetPolicy[]> {
  const document = await readDocument(edges, reference);
  const policies = document.policies.filter(({ statementParts }) =>
    statementParts.some((part) => part.includes(PROOF_CONDITION)),
  );
  return bound({ ...document, policies }, edges, reference);
}

async function readDocument(edges: Edges, { bucket, key }: DocumentReference): Promise<PolicySetDocument> {
  const text = await edges.readObject(bucket, key);
  const document = JSON.parse(text) as Partial<PolicySetDocument> | null;
  if (document?.version !== 1 || !Array.isArray(document.policies)) {
    throw new Error(`\`s3://${bucket}/${key}\` is not a policy set document of version 1`);
  }
  const names = new Set<string>();
  for (const { name } of document.policies) {
    if (!POLICY_NAME_PATTERN.test(name)) throw new Error(`policy name \`${name}\` is not one that the service takes`);
    if (names.has(name)) throw new Error(`two policies of the set have the name \`${name}\``);
    names.add(name);
  }
  return document as PolicySetDocument;
}

async function bound(
  document: PolicySetDocument,
  edges: Edges,
  { gatewayArn }: DocumentReference,
): Promise<readonly TargetPolicy[]> {
  const proofs = document.proof === undefined ? [] : await acceptedProofs(edges, document.proof.fingerprint);
  return document.policies.map((policy) => bind(policy, gatewayArn, proofs));
}

async function acceptedProofs({ proofSecret }: Edges, fingerprint: string): Promise<string[]> {
  const values = (await proofSecret?.values()) ?? [];
  if (values.length === 0) throw new Error('the secret with which interceptors prove themselves has no value');
  return values.map((value) => proofOf(value, fingerprint));
}

function bind(policy: DesiredPolicy, gatewayArn: string, proofs: readonly string[]): TargetPolicy {
  const { id, name, effect, description, validationMode, enforcementMode, origin } = policy;
  const text = policy.statementParts.join(gatewayArn);
  const statement = proofs.length === 0 ? text : acceptingProofs(text, proofs);
  // Everybody knows the placeholder: a guard that took it would guard nothing.
  if (statement.includes(PROOF_PLACEHOLDER)) throw new Error(`policy \`${id}\` asks for a proof that nobody can give`);
  return { id, name, effect, statement, description, validationMode, enforcementMode, origin };
}
