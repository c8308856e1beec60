import { createHash } from 'node:crypto';
import { LIMITS } from '../../contract/limits';

const HASH_LENGTH = 8;

/**
 * The name of a policy on the service, which is unique in the account: a readable part of its id and a hash of seed and id.
 * It stays the same as long as both do.
 * @param seed what tells this policy set from any other of the account, for example the construct's path with the stack's name
 */
export function policyName(seed: string, id: string): string {
  const hash = createHash('sha256').update(`${seed}\n${id}`).digest('hex').slice(0, HASH_LENGTH);
  const slug = id.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  const start = /^[A-Za-z]/.test(slug) ? slug : `p_${slug}`;
  return `${start.slice(0, LIMITS.policyNameMaxLength - HASH_LENGTH - 1)}_${hash}`;
}
