import { LIMITS } from '../../../lib/contract/limits';
import { isLockName } from '../../../lib/contract/lock';
import type { ActualPolicy, TargetPolicy } from './policy';

/**
 * A resource signs what it makes at the end of the description: `Login audit [<marker> <name> <validation mode>]`. The name is
 * part of it, so that a copy that somebody made of a policy, description and all, is not taken for the resource's own. The validation
 * mode is part of it because no read returns it, and `attempt=2` says that a stuck policy was cleared once before. A lock is nobody's, and is
 * not signed.
 */
export function sign(marker: string, policy: TargetPolicy, attempt: number): string {
  if (isLockName(policy.name)) return policy.description ?? '';
  const again = attempt > 1 ? ` attempt=${attempt}` : '';
  const signature = `[${marker} ${policy.name} ${policy.validationMode}${again}]`;
  if (policy.description === undefined || policy.description === '') return signature;
  return `${policy.description.slice(0, LIMITS.policyDescriptionMaxLength - signature.length - 1)} ${signature}`;
}

/** Whether the marker's resource made a policy: exact marker and exact name, nothing by prefix. */
export function isSigned(marker: string, policy: ActualPolicy): boolean {
  const signature = readSignature(policy.description);
  return signature?.marker === marker && signature.name === policy.name;
}

/** How often this incarnation of a policy was tried, from 1. */
export function attemptOf(policy: ActualPolicy): number {
  return readSignature(policy.description)?.attempt ?? 1;
}

/** Whether a description is what {@link sign} makes, whatever the attempt. */
export function isSignedAs(marker: string, target: TargetPolicy, policy: ActualPolicy): boolean {
  return policy.description === sign(marker, target, readSignature(policy.description)?.attempt ?? 1);
}

interface Signature {
  readonly marker: string;
  readonly name: string;
  readonly attempt: number;
}

function readSignature(description: string): Signature | undefined {
  const match = /\[([^\s[\]]+) ([A-Za-z][A-Za-z0-9_]*) [A-Z_]+(?: attempt=([0-9]+))?\]$/.exec(description);
  const [, marker, name, attempt] = match ?? [];
  if (marker === undefined || name === undefined) return undefined;
  return { marker, name, attempt: Number(attempt ?? '1') };
}
