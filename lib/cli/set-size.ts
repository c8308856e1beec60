import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DesiredPolicy } from '../contract/policy-set-document';
import { filesBelow, isFile } from '../policy/source/source-files';

/** Bytes of policies from which on optimizing Cedar pays in one validation: some 500 policies. */
const LARGE = 150_000;

/** Whether policies are so many that Cedar is asked for seconds. */
export function isLargeSet(policies: readonly Pick<DesiredPolicy, 'statementParts'>[]): boolean {
  const parts = policies.flatMap(({ statementParts }) => statementParts);
  return parts.reduce((sum, { length }) => sum + length, 0) >= LARGE;
}

/** As {@link isLargeSet}, of policies in a file or folder that nobody has parsed yet. */
export function holdsLargeSet(path: string): boolean {
  const files = isFile(path) ? [path] : (filesBelow(path) ?? []).map((file) => join(path, file));
  const policies = files.filter((file) => file.endsWith('.cedar'));
  return policies.reduce((sum, file) => sum + statSync(file).size, 0) >= LARGE;
}
