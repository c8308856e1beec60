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
  const { bucket, key, gatewayArn } = reference;
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
  return document.policies.map((policy) => bind(policy, gatewayArn));
}

function bind(policy: DesiredPolicy, gatewayArn: string): TargetPolicy {
  const { id, name, effect, description, validationMode, enforcementMode, origin } = policy;
  const statement = policy.statementParts.join(gatewayArn);
  return { id, name, effect, statement, description, validationMode, enforcementMode, origin };
}
