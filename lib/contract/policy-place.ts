import type { DesiredPolicy } from './policy-set-document';

/** Where a policy was written, and who brings it: `policies/notes.cedar:3`, `baseline acme, node_modules/acme-baseline/policies/all.cedar:1`. */
export function policyPlace({ origin: { file, line }, baseline }: Pick<DesiredPolicy, 'origin' | 'baseline'>): string {
  const place = `${file}:${line}`;
  // What a baseline has in code has its name for a file.
  return baseline === undefined || file.startsWith(`baseline ${baseline}`) ? place : `baseline ${baseline}, ${place}`;
}
