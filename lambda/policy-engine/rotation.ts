import { withoutProofs } from '../../lib/contract/interceptor-proof';
import { Calls } from './calls';
import { PolicyApi } from './control-plane';
import { type DocumentReference, readGuards } from './document';
import type { Edges } from './edges';
import { renderFailures } from './explain';
import type { TickContext } from './handler';
import { TIMES } from './limits';
import { isSigned } from './ownership';
import { isAsDeclared } from './plan';
import { reconcile } from './reconcile';

/** What AWS Secrets Manager hands to a rotation function. Source: Secrets Manager user guide, page rotate-secrets_lambda-functions. */
export interface RotationEvent {
  readonly Step: string;
  readonly SecretId: string;
  /** Id of the version that the rotation makes. */
  readonly ClientRequestToken: string;
}

interface RotatedSet extends DocumentReference {
  readonly engineId: string;
  readonly marker: string;
}

/**
 * One step of a rotation: a new value that waits, guards that take it beside the current one, a look whether they do, and only then
 * the new value in force. Interceptors that remember the old value for a while are right all the time. Steps are repeated after a
 * failure, and each does nothing when it is done.
 */
export async function rotate(
  { Step, SecretId, ClientRequestToken: versionId }: RotationEvent,
  context: TickContext,
  edges: Edges,
  environment: { readonly [name: string]: string | undefined },
): Promise<void> {
  const secret = edges.proofSecret;
  if (secret?.arn !== SecretId) throw new Error(`this function does not rotate \`${SecretId}\``);
  const deadline = edges.clock.now() + context.getRemainingTimeInMillis() - TIMES.margin;
  const calls = new Calls(edges.clock, deadline);
  switch (Step) {
    case 'createSecret':
      return secret.begin(versionId);
    case 'setSecret':
      return takeBoth(setOf(environment), versionId, edges, calls);
    case 'testSecret':
      return assertBothTaken(setOf(environment), edges, calls);
    case 'finishSecret':
      return secret.finish(versionId);
    default:
      throw new Error(`unknown step \`${Step}\``);
  }
}

function setOf(environment: { readonly [name: string]: string | undefined }): RotatedSet {
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new Error(`variable \`${name}\` is missing`);
    return value;
  };
  return {
    engineId: read('POLICY_ENGINE_ID'),
    gatewayArn: read('GATEWAY_ARN'),
    bucket: read('DOCUMENT_BUCKET'),
    key: read('DOCUMENT_KEY'),
    marker: read('OWNER_MARKER'),
  };
}

async function takeBoth(set: RotatedSet, versionId: string, edges: Edges, calls: Calls): Promise<void> {
  const api = new PolicyApi(edges.client, calls, set.engineId);
  const { failures } = await reconcile(
    { api, calls, log: edges.log },
    {
      targets: await readGuards(edges, set),
      marker: set.marker,
      mayOverwrite: (policy) => isSigned([set.marker], policy),
      removal: () => undefined,
      requestId: versionId,
      restoring: false,
      started: calls.clock.now(),
    },
  );
  if (failures.length === 0) return;
  throw new Error(withoutProofs(renderFailures('guards do not take the new proof, so the old one stays', failures)));
}

/** A deployment that ran at the same time may have brought back guards that know nothing of the new value. */
async function assertBothTaken(set: RotatedSet, edges: Edges, calls: Calls): Promise<void> {
  const actual = await new PolicyApi(edges.client, calls, set.engineId).list();
  const byName = new Map(actual.map((policy) => [policy.name, policy]));
  const missing = (await readGuards(edges, set)).filter((target) => {
    const policy = byName.get(target.name);
    return policy === undefined || !isAsDeclared(set.marker, target, policy);
  });
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => `\`${name}\``).join(', ');
  throw new Error(`guards do not take the new proof, so the old one stays: ${names}`);
}
