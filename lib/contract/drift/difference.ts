import type { JsonValue } from '../json';

/** What can differ. */
export type DriftSubject = 'gateway' | 'interceptor' | 'policy' | 'target' | 'tool' | 'rate limit';

export type DifferenceKind =
  /** It is there and not as declared. */
  | 'changed'
  /** It is declared and not there. */
  | 'missing'
  /** It is there and nobody declared it. */
  | 'undeclared'
  /** It is as declared, but the service has not brought it into force, or failed to. */
  | 'unsettled'
  /** The declared value is only known to CloudFormation, so that nobody can tell here. */
  | 'incomparable';

/** One difference between what an app declares of a gateway and what is deployed. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly subject: DriftSubject;
  /** Of the policy (its id in the sources), target, tool (its full name) or rate limit; of the gateway. */
  readonly name: string;
  /** The member that differs, as a path of the control plane's members: `policyEngineConfiguration.mode`. Absent for the thing as a whole. */
  readonly member?: string;
  readonly declared?: JsonValue;
  readonly deployed?: JsonValue;
}

/** Whether a difference says that something is not as declared, and not only that nobody can tell. */
export function isDrift({ kind }: Difference): boolean {
  return kind !== 'incomparable';
}
