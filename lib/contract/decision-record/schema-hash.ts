import { createHash } from 'node:crypto';
import type { CedarRecord } from '../arguments/cedar-type';
import { cedarTypeJson } from '../arguments/cedar-type-json';
import { canonicalJson } from '../canonical-json';
import { withoutProof } from './projection';

/** Tells whether two types of a tool's arguments are the same, the proof not counted. */
export function schemaHash(input: CedarRecord): string {
  return createHash('sha256')
    .update(canonicalJson(cedarTypeJson(withoutProof(input))))
    .digest('hex')
    .slice(0, 16);
}
