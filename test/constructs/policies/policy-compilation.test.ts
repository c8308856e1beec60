import { describe, expect, it } from 'vitest';
import { Identity, PolicySource, TrustedField } from '../../../lib';
import { manifestOf, notesProps } from '../notes-gateway';

const policies = [
  PolicySource.fromInline(
    'permit(principal is AgentCore::IamEntity, action == AgentCore::Action::"notes___delete_note", resource == ?resource) when { principal.id like "*:role/*" };',
  ),
];

function guardsWith(identity: Identity): string[] {
  const trustedContext = { environment: TrustedField.constant('test') };
  const manifest = manifestOf({ ...notesProps(), policies, identity, trustedContext });
  return manifest.policies
    .filter(({ id }) => id === 'governed-gateway/requires-interceptor')
    .map(({ statementParts }) => statementParts.join(''));
}

describe('guards of trusted fields', () => {
  it('are about IAM callers where callers have AWS credentials', () => {
    expect(guardsWith(Identity.iam())).toEqual([expect.stringContaining('principal is AgentCore::IamEntity,')]);
  });
});
