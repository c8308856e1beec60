import { Aspects, CfnDeletionPolicy, type CfnResource, Duration, RemovalPolicies, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, it } from 'vitest';
import {
  Claim,
  EnforcementGuard,
  type GovernedGateway,
  Identity,
  Notify,
  Observability,
  TrustedField,
} from '../../lib';
import { notesProps, stackWith } from './notes-gateway';

/** Types that CloudFormation cannot tag, of those that a gateway makes. */
const UNTAGGED =
  /^AWS::(IAM::Policy|Lambda::Permission|SecretsManager::RotationSchedule|SNS::TopicPolicy|SNS::Subscription|Cognito::UserPool\w+|BedrockAgentCore::GatewayTarget)$|^Custom::AgentCorePolicySet$/;

type Resources = {
  readonly [id: string]: { Type: string; DeletionPolicy?: string; Properties?: { [name: string]: unknown } };
};

const secretOfTeam = () =>
  Secret.fromSecretCompleteArn(
    new Stack(),
    'Webhook',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:hook-a1b2c3',
  );

/** Resources of a gateway with everything that makes some, after a team did something to it. */
function resourcesAfter(change: (gateway: GovernedGateway) => void): Resources {
  const claims = { tier: Claim.fromClient({ people: 'interactive' }) };
  const { stack, gateway } = stackWith({
    ...notesProps(),
    identity: Identity.cognito({ claims, groups: ['owners'] }),
    trustedContext: { environment: TrustedField.constant('test') },
    interceptorProof: { rotateEvery: Duration.days(30) },
    observability: Observability.standard({ notify: [Notify.webhook(secretOfTeam())] }),
    enforcementGuard: EnforcementGuard.repair(),
    tags: { team: 'notes' },
  });
  change(gateway);
  return Template.fromStack(stack).toJSON()['Resources'] as Resources;
}

describe('what a team does to all resources', () => {
  const after = resourcesAfter((gateway) => {
    Tags.of(gateway).add('cost-center', '4711');
    RemovalPolicies.of(gateway).destroy();
    Aspects.of(gateway).add({
      visit: (node) => {
        if (node instanceof LogGroup)
          (node.node.defaultChild as CfnResource).addPropertyOverride('RetentionInDays', RetentionDays.ONE_DAY);
      },
    });
    iam.PermissionsBoundary.of(gateway).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('Boundary'));
  });
  // One policy of X-Ray serves all gateways of a stack, and belongs to the stack.
  const all = Object.entries(after).filter(([, { Type }]) => Type !== 'AWS::XRay::ResourcePolicy');
  const ofType = (type: string) => all.filter(([, resource]) => resource.Type === type);

  it('tags every resource that can be tagged, the policy engine among them', () => {
    const untagged = all.filter(
      ([, { Type, Properties }]) => !UNTAGGED.test(Type) && !JSON.stringify(Properties ?? {}).includes('4711'),
    );
    expect(untagged.map(([id]) => id)).toEqual([]);
    const [engine] = ofType('Custom::AgentCorePolicyEngine');
    expect(engine?.[1].Properties?.['Tags']).toEqual({ 'cost-center': '4711', team: 'notes' });
  });

  it('removes every resource, and the pool lets it happen', () => {
    expect(
      all.filter(([, resource]) => resource.DeletionPolicy !== CfnDeletionPolicy.DELETE).map(([id]) => id),
    ).toEqual([]);
    expect(ofType('AWS::Cognito::UserPool').map(([, pool]) => pool.Properties?.['DeletionProtection'])).toEqual([
      'INACTIVE',
    ]);
  });

  it('reaches every log group and every role', () => {
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(5);
    for (const [id, group] of groups) expect(group.Properties?.['RetentionInDays'], id).toBe(RetentionDays.ONE_DAY);
    for (const [id, role] of ofType('AWS::IAM::Role'))
      expect(role.Properties?.['PermissionsBoundary'], id).toBeDefined();
  });
});

describe('what nobody did', () => {
  it('leaves tags of the gateway and its engine, and a pool that is retained and protected', () => {
    const all = Object.values(resourcesAfter(() => undefined));
    const tagged = all.filter(({ Properties }) => JSON.stringify(Properties?.['Tags'] ?? {}).includes('notes'));
    expect(tagged.map(({ Type }) => Type).sort()).toEqual([
      'AWS::BedrockAgentCore::Gateway',
      'Custom::AgentCorePolicyEngine',
    ]);
    const [pool] = all.filter(({ Type }) => Type === 'AWS::Cognito::UserPool');
    expect(pool).toMatchObject({ DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } });
  });

  it('keeps what Identity.cognito says of the protection', () => {
    const identity = Identity.cognito({ deletionProtection: false });
    const { stack } = stackWith({ ...notesProps(), identity });
    Template.fromStack(stack).hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtection: 'INACTIVE' },
    });
  });
});
