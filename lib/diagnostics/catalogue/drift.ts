import { type CatalogueEntry, error, warning } from './entry';

export interface DriftParams {
  /** What differs, such as `policy` or `gateway`. */
  readonly kind: string;
  readonly name: string;
  /** The member that differs, or nothing. */
  readonly member: string;
}

const of = ({ kind, name, member }: DriftParams): string =>
  `${kind} \`${name}\`${member === '' ? '' : `: \`${member}\``}`;

const info = <P>(message: (params: P) => string, help: (params: P) => string): CatalogueEntry<P> => ({
  severity: 'info',
  message,
  help,
});

/** Differences between what an app declares of a gateway and what is deployed. */
export const DRIFT = {
  DRIFT_CHANGED: error(
    (p: DriftParams & { declared: string; deployed: string }) =>
      `${of(p)} is \`${p.deployed}\` instead of \`${p.declared}\``,
    () => 'find out who changed it in CloudTrail, then deploy the stack again, or declare it so',
  ),
  DRIFT_MISSING: error(
    (p: DriftParams) => `${of(p)} is declared and not deployed`,
    () => 'find out who removed it in CloudTrail, then deploy the stack again',
  ),
  DRIFT_UNDECLARED: error(
    (p: DriftParams & { deployed: string }) =>
      `${of(p)} is deployed and not declared${p.deployed === '' ? '' : `: \`${p.deployed}\``}`,
    () => 'find out who made it in CloudTrail, then remove it, or declare it',
  ),
  DRIFT_UNSETTLED: error(
    (p: DriftParams & { status: string }) => `${of(p)} is \`${p.status}\``,
    () => 'wait until a change that is under way has ended; if one failed, deploy the stack again',
  ),
  DRIFT_INCOMPARABLE: warning(
    (p: DriftParams & { declared: string }) =>
      `${of(p)} cannot be compared: \`${p.declared}\` is only known to CloudFormation`,
    () => 'look at it by hand, or declare its value',
  ),
  DRIFT_LOCK: info(
    (p: { what: string; until: string; reason: string }) =>
      `a lock stops ${p.what} until \`${p.until}\`: ${p.reason === '' ? 'no reason is left' : p.reason}`,
    () => 'remove it with `governed-gateway unlock` when the danger is over',
  ),
  DRIFT_LOCK_OVER: info(
    (p: { what: string; until: string }) => `a lock of ${p.what} that ended at \`${p.until}\` is still there`,
    () => 'remove it with `governed-gateway unlock`; it denies nothing',
  ),
};
