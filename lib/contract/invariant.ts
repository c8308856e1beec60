import type { DesiredPolicy } from './policy-set-document';

/**
 * What has to hold for every call there can be, written as a policy that is never deployed: a `forbid` describes calls that must never be
 * allowed, a `permit` calls that always must.
 */
export interface DeclaredInvariant extends DesiredPolicy {
  /** What it says, in words. */
  readonly sentence: string;
}
