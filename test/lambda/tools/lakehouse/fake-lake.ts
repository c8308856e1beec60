import type { Lake, Row } from '../../../../lambda/tools/lakehouse/lake';
import type { Caller, Statement } from '../../../../lambda/tools/lakehouse/statement';

/** A lake that remembers what it was asked, and answers with the same rows. */
export function fakeLake(rows: readonly Row[] = []) {
  const asked: { readonly caller: Caller; readonly statement: Statement }[] = [];
  const lake: Lake = {
    async query(caller, statement) {
      asked.push({ caller, statement });
      return [...rows];
    },
  };
  return { lake, asked };
}

/** What the REQUEST interceptor says of a caller. */
export const TRUSTED = {
  policyholder: { caller_role: 'policyholders', caller_id: 'policyholder001', geography: 'US' },
  adjuster: { caller_role: 'adjusters', caller_id: 'adjuster001', geography: 'US' },
  administrator: { caller_role: 'administrators', caller_id: 'admin001', geography: 'US' },
} as const;
