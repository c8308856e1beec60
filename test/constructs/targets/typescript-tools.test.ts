import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { Tools } from '../../../lib/constructs/targets/tools';
import { ToolAction } from '../../../lib/policy/statements/tool-action';
import { diagnosticsOf } from './diagnostics-of';
import { CLAIM_TOOLS, Fixture, GEOGRAPHY, toolModule } from './fixture-app';

const entry = toolModule(CLAIM_TOOLS);
const trustedFields = [GEOGRAPHY];

describe('tools in TypeScript with only required props', () => {
  const fixture = new Fixture();
  const target = fixture.add(Tools.fromTypeScript(entry), { trustedFields });
  const template = fixture.template();

  it('publishes the schemas, trusted fields included and not required', () => {
    expect(fixture.targetProperties()).toMatchObject({
      Name: 'Claims',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
      TargetConfiguration: {
        Mcp: {
          Lambda: {
            ToolSchema: {
              InlinePayload: [
                {
                  Name: 'get_claim',
                  Description: 'Returns one claim',
                  InputSchema: {
                    Type: 'object',
                    Properties: { claim_id: { Type: 'string' }, detail: { Type: 'boolean' } },
                    Required: ['claim_id'],
                  },
                },
                {
                  Name: 'query_claims',
                  Description: 'Finds claims',
                  InputSchema: {
                    Type: 'object',
                    Properties: {
                      limit: { Type: 'integer' },
                      where: { Type: 'object', Properties: { city: { Type: 'string' } }, Required: ['city'] },
                      tags: { Type: 'array', Items: { Type: 'string' } },
                      geography: { Type: 'string', Description: 'Where the caller is' },
                    },
                    Required: ['limit', 'where'],
                  },
                },
              ],
            },
          },
        },
      },
    });
  });

  it('makes a function with a log group and a role that may only write to it', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: 30,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: Match.stringLikeRegexp('TargetClaimsFunctionLogs') } },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    const [role] = Object.values(
      template.findResources('AWS::IAM::Role', {
        Properties: {
          AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
        },
      }),
    );
    expect(role?.['Properties'].ManagedPolicyArns).toBeUndefined();
    const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(policies).not.toContain('"Resource":"*"');
    expect(policies).toContain('lambda:InvokeFunction');
  });

  it('creates the target after the right to invoke it', () => {
    const [resource] = Object.values(template.findResources('AWS::BedrockAgentCore::GatewayTarget'));
    const [policy] = Object.keys(
      template.findResources('AWS::IAM::Policy', {
        Properties: {
          PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'lambda:InvokeFunction' })]) },
        },
      }),
    );
    expect(resource?.['DependsOn']).toContain(policy);
  });

  it('knows its tools', () => {
    expect(target.tools).toEqual(['get_claim', 'query_claims']);
    expect(target.tool('get_claim')).toBeInstanceOf(ToolAction);
    expect(target.tool('get_claim')).toMatchObject({ target: 'Claims', tool: 'get_claim', name: 'Claims___get_claim' });
    expect(target.tool('get_claim').inputSchema).toMatchObject({ type: 'object' });
    const [finding] = diagnosticsOf(() => target.tool('get_claims'));
    expect(finding).toMatchObject({ code: 'TARGET_UNKNOWN_TOOL', help: 'did you mean `get_claim`?' });
    const [other] = diagnosticsOf(() => target.tool('restart'));
    expect(other?.help).toBe('its tools are `get_claim`, `query_claims`');
    expect(target._catalogTarget().tools.map((tool) => tool.name)).toEqual(['get_claim', 'query_claims']);
    expect(target._diagnostics()).toEqual([]);
  });

  it('is in the manifest with the function as the emulator runs it', () => {
    const manifest = target._manifest();
    expect(manifest).toMatchObject({
      name: 'Claims',
      kind: 'lambda',
      function: {
        handler: 'index.handler',
        timeoutSeconds: 30,
        memoryMb: 256,
        entry,
        environment: { NODE_OPTIONS: '--enable-source-maps' },
      },
    });
    const directory = fixture.app.synth().directory;
    expect(existsSync(join(directory, manifest.function?.asset ?? 'none', 'index.js'))).toBe(true);
  });
});

describe('tools in TypeScript with every option', () => {
  const fixture = new Fixture();
  const bucket = new Bucket(fixture.stack, 'Bucket');
  const vpc = new ec2.Vpc(fixture.stack, 'Vpc');
  const target = fixture.add(
    Tools.fromTypeScript(entry, {
      description: 'Insurance claims',
      environment: { BUCKET: bucket.bucketName, GATEWAY_URL: fixture.gateway.gatewayUrl ?? '' },
      memorySize: 512,
      timeout: Duration.minutes(2),
      initialPolicy: [
        new iam.PolicyStatement({ actions: ['athena:StartQueryExecution'], resources: ['arn:aws:athena:::x'] }),
      ],
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [new ec2.SecurityGroup(fixture.stack, 'Group', { vpc })],
      layers: [
        lambda.LayerVersion.fromLayerVersionArn(
          fixture.stack,
          'Layer',
          'arn:aws:lambda:eu-west-1:111122223333:layer:l:1',
        ),
      ],
      tracing: lambda.Tracing.ACTIVE,
      reservedConcurrentExecutions: 5,
      logRetention: RetentionDays.ONE_WEEK,
      allowedRequestHeaders: ['X-Correlation-Id'],
      allowedResponseHeaders: ['X-Served-By'],
    }),
    { trustedFields },
  );
  bucket.grantRead(target);
  const template = fixture.template();

  it('carries them all, and the URL of its own gateway makes no cycle', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 512,
      Timeout: 120,
      ReservedConcurrentExecutions: 5,
      TracingConfig: { Mode: 'Active' },
      Environment: { Variables: { GATEWAY_URL: { 'Fn::GetAtt': [Match.anyValue(), 'GatewayUrl'] } } },
      VpcConfig: Match.objectLike({ SecurityGroupIds: [Match.anyValue()] }),
      Layers: [Match.anyValue()],
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    expect(fixture.targetProperties()).toMatchObject({
      Description: 'Insurance claims',
      MetadataConfiguration: {
        AllowedRequestHeaders: ['X-Correlation-Id'],
        AllowedResponseHeaders: ['X-Served-By'],
      },
    });
  });

  it('can be granted things', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['s3:GetObject*']) })]),
      },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'athena:StartQueryExecution' })]) },
    });
  });

  it('keeps references in the manifest as the template has them', () => {
    expect(target._manifest().function?.environment).toMatchObject({
      BUCKET: { Ref: expect.stringContaining('Bucket') },
      GATEWAY_URL: { 'Fn::GetAtt': [expect.stringContaining('Gateway'), 'GatewayUrl'] },
    });
  });

  it('takes a role of the user', () => {
    const other = new Fixture();
    const role = new iam.Role(other.stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    other.add(Tools.fromTypeScript(entry, { role }), { trustedFields });
    other.template().hasResourceProperties('AWS::Lambda::Function', {
      Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] },
    });
  });
});

describe('a template', () => {
  it('is the same wherever the sources lie', () => {
    const templates = ['first', 'second/deeper'].map((folder) => {
      const directory = join(mkdtempSync(join(tmpdir(), 'tools-test-')), folder);
      mkdirSync(directory, { recursive: true });
      const fixture = new Fixture();
      fixture.add(Tools.fromTypeScript(toolModule(CLAIM_TOOLS, directory)), { trustedFields });
      return fixture.template().toJSON();
    });
    expect(templates[1]).toEqual(templates[0]);
    expect(JSON.stringify(templates)).not.toContain(tmpdir());
  });
});
