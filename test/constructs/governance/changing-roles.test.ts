import { Duration } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { EnforcementGuard, TrustedField } from '../../../lib';
import { CHANGING_ROLES_PATH } from '../../../lib/contract/changing-roles';
import { ENFORCING_OPERATIONS } from '../../../lib/contract/control-plane-call';
import { templateWith } from '../notes-gateway';

interface Rights {
  readonly Properties: {
    readonly Roles: readonly { readonly Ref: string }[];
    readonly PolicyDocument: { readonly Statement: readonly { readonly Action: string | string[] }[] };
  };
}

const CHANGES = new Set<string>(
  ['CreatePolicyEngine', 'UpdatePolicyEngine', ...ENFORCING_OPERATIONS].map((name) => `bedrock-agentcore:${name}`),
);

it('says by the path of a role whether it may change gateways, of every role of a gateway', () => {
  const template = templateWith({
    trustedContext: { environment: TrustedField.constant('test') },
    interceptorProof: { rotateEvery: Duration.days(30) },
    enforcementGuard: EnforcementGuard.repair(),
  });
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as unknown as Rights[];
  const changing = policies
    .filter(({ Properties }) =>
      Properties.PolicyDocument.Statement.some(({ Action }) => [Action].flat().some((action) => CHANGES.has(action))),
    )
    .flatMap(({ Properties }) => Properties.Roles.map(({ Ref }) => Ref));
  const withPath = Object.entries(template.findResources('AWS::IAM::Role'))
    .filter(([, { Properties }]) => Properties.Path === CHANGING_ROLES_PATH)
    .map(([id]) => id);
  // Both handlers of the policy set, the rotation and the guard.
  expect(new Set(changing).size).toBe(4);
  expect(withPath.sort()).toEqual([...new Set(changing)].sort());
});
