import { withoutProofs } from '../../lib/contract/interceptor-proof';
import type { PolicySetRotationEnvironment } from '../../lib/contract/policy-engine-environment';
import type { HandlerDependencies } from './dependencies';
import type { TickContext } from './handler';
import { failure, partsOf } from './messages/messages';
import { listNames, renderFailures } from './messages/render-failures';
import { isSigned } from './policies/ownership';
import { isAsDeclared } from './reconcile/judge';
import { reconcile } from './reconcile/reconcile';
import { assertOwnEngine } from './request/own';
import { PolicyApi } from './service/control-plane';
import { ServiceCalls } from './service/service-calls';
import { type DocumentReference, readGuards } from './set/document';
import { TIMES } from './timing';

/** What AWS Secrets Manager hands to a rotation function. Source: Secrets Manager user guide, page rotate-secrets_lambda-functions. */
export interface RotationEvent {
  readonly Step: string;
  readonly SecretId: string;
  /** Id of the version that the rotation makes. */
  readonly ClientRequestToken: string;
}

interface RotatedSet extends DocumentReference {
  readonly engineId: string;
}

/**
 * One step of a rotation: a new value that waits, guards that take it beside the current one, a look whether they do, and only then
 * the new value in force. Interceptors that remember the old value for a while are right all the time. Steps are repeated after a
 * failure, and each does nothing when it is done.
 */
export async function rotate(
  { Step, SecretId, ClientRequestToken: versionId }: RotationEvent,
  context: TickContext,
  dependencies: HandlerDependencies,
  environment: { readonly [name: string]: string | undefined },
): Promise<void> {
  const secret = dependencies.proofSecret;
  if (secret?.arn !== SecretId) throw failure('SECRET_FOREIGN', { secret: SecretId });
  const deadline = dependencies.clock.now() + context.getRemainingTimeInMillis() - TIMES.margin;
  const calls = new ServiceCalls(dependencies.clock, deadline, dependencies.clock.now());
  switch (Step) {
    case 'createSecret':
      return calls.send('PutSecretValue', () => secret.begin(versionId));
    case 'setSecret':
      return takeBoth(setOf(environment, dependencies), versionId, dependencies, calls);
    case 'testSecret':
      // Also asked when the schedule is made, of a version that is removed again: whether guards take it is asked right before it counts.
      await readGuards(dependencies, calls, setOf(environment, dependencies));
      return;
    case 'finishSecret':
      await assertBothTaken(setOf(environment, dependencies), dependencies, calls);
      return calls.send('UpdateSecretVersionStage', () => secret.finish(versionId));
    default:
      throw failure('ROTATION_STEP_UNKNOWN', { step: Step });
  }
}

function setOf(environment: { readonly [name: string]: string | undefined }, { own }: HandlerDependencies): RotatedSet {
  const read = (name: keyof PolicySetRotationEnvironment): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new TypeError(`environment variable ${name} is missing`);
    return value;
  };
  const engineId = read('POLICY_ENGINE_ID');
  assertOwnEngine(own, engineId);
  return { engineId, gatewayArn: read('GATEWAY_ARN'), key: read('DOCUMENT_KEY'), hash: read('DOCUMENT_HASH') };
}

async function takeBoth(
  set: RotatedSet,
  versionId: string,
  dependencies: HandlerDependencies,
  calls: ServiceCalls,
): Promise<void> {
  const api = new PolicyApi(dependencies.client, calls, set.engineId);
  const { failures } = await reconcile(
    { api, calls, log: dependencies.log },
    {
      targets: await readGuards(dependencies, calls, set),
      marker: dependencies.own.owner,
      mayOverwrite: (policy) => isSigned(dependencies.own.owner, policy),
      removal: () => undefined,
      requestId: versionId,
      restoring: false,
      started: calls.clock.now(),
    },
  );
  if (failures.length === 0) return;
  const policies = listNames(failures.map(({ name }) => name));
  throw new Error(withoutProofs(renderFailures(partsOf('PROOF_NOT_TAKEN', { policies }), failures)));
}

/** A deployment that ran at the same time may have brought back guards that know nothing of the new value. */
async function assertBothTaken(set: RotatedSet, dependencies: HandlerDependencies, calls: ServiceCalls): Promise<void> {
  const actual = await new PolicyApi(dependencies.client, calls, set.engineId).list();
  const byName = new Map(actual.map((policy) => [policy.name, policy]));
  const missing = (await readGuards(dependencies, calls, set)).filter((target) => {
    const policy = byName.get(target.name);
    return policy === undefined || !isAsDeclared(dependencies.own.owner, target, policy);
  });
  if (missing.length === 0) return;
  throw failure('PROOF_NOT_TAKEN', { policies: listNames(missing.map(({ name }) => name)) });
}
