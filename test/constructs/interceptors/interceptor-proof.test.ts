import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { beforeAll, describe, expect, it } from 'vitest';
import { EnforcementMode, type GovernedGatewayProps, Identity, TrustedField } from '../../../lib';
import { notesProps, stackWith, templateWith } from '../notes-gateway';
import { diagnosticsOf } from '../targets/diagnostics-of';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const trustedContext = { environment: TrustedField.constant('test') };
const withProof = (props: Partial<GovernedGatewayProps> = {}) => templateWith({ trustedContext, ...props });

/** Actions of a service by the policy that grants them, which must be on one resource. */
function rightsOn(template: Template, service: string, resource: unknown): { [policy: string]: string[] } {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const rights = policies.map(([id, { Properties }]) => {
    const statements = Properties.PolicyDocument.Statement as Statement[];
    const about = statements.filter(({ Action }) => JSON.stringify(Action).includes(`${service}:`));
    for (const { Resource } of about) expect(Resource).toEqual(resource);
    return [id, [...new Set(about.flatMap(({ Action }) => Action))].sort()] as const;
  });
  return Object.fromEntries(rights.filter(([, actions]) => actions.length > 0));
}

function rightsOnSecret(template: Template): { [policy: string]: string[] } {
  const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
  return rightsOn(template, 'secretsmanager', { Ref: secret });
}

describe('the secret of the proof', () => {
  let template: Template;
  beforeAll(() => {
    template = withProof();
  });

  it('is made by Secrets Manager, with no value in the template, and goes with its gateway', () => {
    template.resourceCountIs('AWS::SecretsManager::Secret', 1);
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Delete',
      Properties: {
        SecretString: Match.absent(),
        GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
      },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('{{resolve:secretsmanager');
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  it('is read by the REQUEST interceptor and kept by the handlers of the policy set, and by nobody else', () => {
    const rights = Object.entries(rightsOnSecret(template));
    const [readers, keepers] = [
      rights.filter(([, { length }]) => length === 1),
      rights.filter(([, { length }]) => length > 1),
    ];
    expect(readers).toEqual([[expect.stringContaining('Request'), ['secretsmanager:GetSecretValue']]]);
    expect(keepers.map(([, actions]) => actions)).toEqual([
      [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
    ]);
  });

  it('is encrypted with the key of the gateway, which those who need it may use, in another stack too', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys');
    const encryptionKey = new Key(keys, 'Key');
    const { stack } = stackWith(
      { ...notesProps(), trustedContext, encryptionKey, interceptorProof: { rotateEvery: Duration.days(30) } },
      app,
    );
    const encrypted = Template.fromStack(stack);
    // The import of the other stack's output, once that is resolved.
    const key = { 'Fn::ImportValue': expect.stringMatching(/^Keys:ExportsOutputFnGetAttKey\w+Arn/) };
    const [secret] = Object.values(encrypted.findResources('AWS::SecretsManager::Secret'));
    expect(secret?.['Properties'].KmsKeyId).toEqual(key);
    const readers = Object.keys(rightsOnSecret(encrypted)).sort();
    expect(readers).toHaveLength(3);
    const onKey = rightsOn(encrypted, 'kms', key);
    expect(Object.keys(onKey)).toEqual(expect.arrayContaining(readers));
    for (const reader of readers) {
      const keeps = (rightsOnSecret(encrypted)[reader] ?? []).length > 1;
      expect(onKey[reader]).toContain('kms:Decrypt');
      expect(onKey[reader]?.includes('kms:GenerateDataKey')).toBe(keeps);
    }
  });

  it('is not there where nothing relies on interceptors, and where nobody has to say who she is', () => {
    templateWith().resourceCountIs('AWS::SecretsManager::Secret', 0);
    const open = withProof({
      identity: Identity.dangerouslyWithoutAuthorization('a test'),
      policies: [],
      mode: EnforcementMode.LOG_ONLY,
    });
    open.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(JSON.stringify(open.toJSON())).not.toMatch(/gateway_proof|PROOF_SECRET_ARN/);
  });
});

describe('its rotation', () => {
  it('runs on a schedule, after the guards exist, by a function that only Secrets Manager may call for this secret', () => {
    const { stack } = stackWith({
      ...notesProps(),
      trustedContext,
      interceptorProof: { rotateEvery: Duration.hours(24 * 30), rotate: 'november' },
    });
    const template = Template.fromStack(stack);
    const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
    const [set] = Object.keys(template.findResources('Custom::AgentCorePolicySet'));
    template.hasResource('AWS::SecretsManager::RotationSchedule', {
      Properties: { SecretId: { Ref: secret }, RotationRules: { ScheduleExpression: 'rate(30 days)' } },
      DependsOn: Match.arrayWith([set]),
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'secretsmanager.amazonaws.com',
      SourceArn: { Ref: secret },
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
    template.hasResourceProperties('Custom::AgentCorePolicySet', { RotateProof: 'november' });
    expect(Object.keys(rightsOnSecret(template))).toHaveLength(3);
  });

  // Covers policy.rotation-interval
  it('is of whole days that Secrets Manager takes, or synth says what would be', () => {
    const interval = (rotateEvery: Duration) => () =>
      stackWith({ ...notesProps(), trustedContext, interceptorProof: { rotateEvery } });
    const wrong = [Duration.hours(36), Duration.minutes(1), Duration.days(0), Duration.days(1_000)];
    const unknown = Duration.days(Lazy.number({ produce: () => 3 }));
    for (const given of [...wrong, unknown]) {
      expect(diagnosticsOf(interval(given)).map(({ code }) => code)).toEqual(['INTERCEPTOR_PROOF_ROTATION']);
    }
    for (const right of [Duration.days(1), Duration.days(999), Duration.hours(48)])
      expect(interval(right)).not.toThrow();
  });
});
