import type { HandlerDependencies } from '../dependencies';
import { optionalText, type ResourceRequest } from '../request/request';
import { clientToken } from '../service/control-plane';
import type { ServiceCalls } from '../service/service-calls';

/** Makes a value that waits, when an update asks for a new one. Returns the id of its version. */
export async function beginRotation(
  request: ResourceRequest,
  { proofSecret }: HandlerDependencies,
  calls: ServiceCalls,
): Promise<string | undefined> {
  if (request.RequestType !== 'Update' || proofSecret === undefined) return undefined;
  const before = optionalText(request.OldResourceProperties ?? {}, 'RotateProof');
  if (before === optionalText(request.ResourceProperties, 'RotateProof')) return undefined;
  const version = clientToken('proof', request.RequestId);
  await calls.send('PutSecretValue', () => proofSecret.begin(version));
  return version;
}

/** Puts the value in force that a change began with: every guard takes it now. */
export async function finishRotation(
  version: string | undefined,
  { proofSecret }: HandlerDependencies,
  calls: ServiceCalls,
): Promise<void> {
  if (version === undefined || proofSecret === undefined) return;
  await calls.send('UpdateSecretVersionStage', () => proofSecret.finish(version));
}
