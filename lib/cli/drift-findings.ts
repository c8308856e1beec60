import type { DeployedLock } from '../contract/drift/compare-policies';
import type { Difference } from '../contract/drift/difference';
import { shownValue } from '../contract/drift/shown-value';
import type { LockScope } from '../contract/lock';
import type { GatewayDrift } from '../deployed/drift';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic';

/** Drift as findings. A policy's are shown where it was written. */
export function driftFindings({
  differences,
  locks,
  policies,
}: Pick<GatewayDrift, 'differences' | 'locks' | 'policies'>): Diagnostic[] {
  const origins = new Map(policies.map(({ id, origin }) => [id, origin]));
  return [
    ...differences.map((difference) => {
      const location = difference.subject === 'policy' ? origins.get(difference.name) : undefined;
      return { ...findingOf(difference), ...(location !== undefined && { location }) };
    }),
    ...locks.map(lockFinding),
  ];
}

function findingOf({ kind, subject, name, member = '', declared, deployed }: Difference): Diagnostic {
  const params = { kind: subject, name, member };
  switch (kind) {
    case 'changed':
      return diagnostic('DRIFT_CHANGED', { ...params, declared: shownValue(declared), deployed: shownValue(deployed) });
    case 'missing':
      return diagnostic('DRIFT_MISSING', params);
    case 'undeclared':
      return diagnostic('DRIFT_UNDECLARED', { ...params, deployed: shownValue(deployed) });
    case 'unsettled':
      return diagnostic('DRIFT_UNSETTLED', { ...params, status: shownValue(deployed) });
    case 'incomparable':
      return diagnostic('DRIFT_INCOMPARABLE', { ...params, declared: shownValue(declared) });
    default:
      return kind satisfies never;
  }
}

function lockFinding({ lock, inForce }: DeployedLock): Diagnostic {
  const what = scopeText(lock.scope);
  const until = new Date(lock.end).toISOString();
  return inForce
    ? diagnostic('DRIFT_LOCK', { what, until, reason: shownValue(lock.reason) })
    : diagnostic('DRIFT_LOCK_OVER', { what, until });
}

/** What a lock stops, in words. */
export function scopeText(scope: LockScope): string {
  return scope.kind === 'all' ? 'every call' : `${scope.kind} \`${scope.name}\``;
}
