import { acceptingProofs, PROOF_PLACEHOLDER } from '../../../lib/contract/interceptor-proof';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import { failure } from '../messages/messages';

/** Values of statements that are only known at deployment. */
export interface StatementValues {
  readonly gatewayArn: string;
  /** What guards take as a proof that an interceptor saw a call. Empty for a set without such guards. */
  readonly proofs: readonly string[];
}

/** The text of a statement, as it is sent. Everything that a deployment puts into statements, it puts in here. */
export function statementText({ id, statementParts }: DesiredPolicy, { gatewayArn, proofs }: StatementValues): string {
  const text = statementParts.join(gatewayArn);
  const statement = proofs.length === 0 ? text : acceptingProofs(text, proofs);
  // Everybody knows the placeholder: a guard that took it would guard nothing.
  if (statement.includes(PROOF_PLACEHOLDER)) throw failure('PROOF_IMPOSSIBLE', { policy: id });
  return statement;
}
