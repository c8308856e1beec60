import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { App, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as kms from 'aws-cdk-lib/aws-kms';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../lambda/pre-token-generation/config';
import { Claim } from '../../../lib/constructs/identity/claim';
import { Identity } from '../../../lib/constructs/identity/identity';
import { type Bound, bind, CONTEXT, properties, strictApp } from './bind';

const claims = {
  department: Claim.fromAttribute('custom:department').withMachineValues({ machine: 'finance' }),
  tier: Claim.fromClient({ people: 'interactive' }),
};

function assetFolder({ app, bound }: Bound): string {
  const { directory } = app.synth();
  const asset = Stack.of(app.node.findChild('Test')).resolve(bound.manifest.preTokenGeneration?.asset) as string;
  return join(directory, asset);
}

describe('the trigger', () => {
  const result = bind(Identity.cognito({ claims }));
  const { template, bound, stack } = result;

  // Covers identity.trigger-event
  it('covers access tokens of users and of machines: version 3', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: Match.anyValue() } },
    });
  });

  it('may be called by this pool of this account only', () => {
    const [pool = ''] = Object.keys(template.findResources('AWS::Cognito::UserPool'));
    expect(properties(template, 'AWS::Lambda::Permission')).toMatchObject({
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [pool, 'Arn'] },
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });

  it('may write its log and read one parameter, and nothing else', () => {
    const { PolicyDocument } = properties(template, 'AWS::IAM::Policy') as { PolicyDocument: { Statement: object[] } };
    expect(PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
      expect.objectContaining({ Action: 'ssm:GetParameter' }),
    ]);
    expect(JSON.stringify(PolicyDocument)).not.toContain('*');
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  it('learns the ids of clients from a parameter, because ids in its environment would be a cycle', () => {
    const parameter = properties(template, 'AWS::SSM::Parameter');
    const { Environment } = properties(template, 'AWS::Lambda::Function') as {
      Environment: { Variables: { [name: string]: string } };
    };
    expect(Environment.Variables['CLIENTS_PARAMETER']).toBe(parameter['Name']);
    expect(parameter['Name']).toMatch(/^\/governed-gateway\/Test\/[0-9a-f]{12}\/clients$/);
    expect(parameter['Value']).toEqual(
      stack.resolve(
        stack.toJsonString({
          machine: bound.machineClients['machine']?.userPoolClientId,
          people: bound.peopleClient?.userPoolClientId,
        }),
      ),
    );
  });

  it('finds the same ids in its environment in local runs', () => {
    const { environment, handler } = stack.resolve(bound.manifest.preTokenGeneration);
    expect(handler).toBe('index.handler');
    expect(environment).toEqual({
      CLIENT_ID_MACHINE: stack.resolve(bound.machineClients['machine']?.userPoolClientId),
      CLIENT_ID_PEOPLE: stack.resolve(bound.peopleClient?.userPoolClientId),
    });
  });

  it('needs no parameter where no claim depends on the client', () => {
    const plain = bind(Identity.cognito({ claims: { department: Claim.fromAttribute('custom:department') } }));
    plain.template.resourceCountIs('AWS::SSM::Parameter', 0);
    expect(JSON.stringify(plain.template.findResources('AWS::IAM::Policy'))).not.toContain('ssm:');
  });

  it('takes the gateway’s key for its log and its environment', () => {
    const app = strictApp();
    const stack = new Stack(app, 'Test');
    const encryptionKey = new kms.Key(stack, 'Key');
    Identity.cognito({ claims })._bind(stack, { ...CONTEXT, encryptionKey });
    const keyArn = stack.resolve(encryptionKey.keyArn);
    const encrypted = Template.fromStack(stack);
    encrypted.hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: keyArn });
    encrypted.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: keyArn });
  });

  it('gets scopes for sign-ins by API only where these were asked for', () => {
    const config = (identity: Identity): unknown =>
      parseConfig(readFileSync(join(assetFolder(bind(identity)), 'config.json'), 'utf8')).apiSignInScopes;
    expect(config(Identity.cognito({ claims }))).toEqual([]);
    expect(config(Identity.cognito({ people: { adminPasswordSignIn: true } }))).toEqual(['claims-gateway/invoke']);
  });
});

describe('the asset of the trigger', () => {
  const result = bind(Identity.cognito({ claims }));
  let folder: string;
  beforeAll(() => {
    folder = assetFolder(result);
  });

  it('holds the bundle and the claims, as the manifest says', () => {
    expect(existsSync(join(folder, 'index.js'))).toBe(true);
    const config = parseConfig(readFileSync(join(folder, 'config.json'), 'utf8'));
    expect(config.claims).toEqual(result.bound.claims?.filter((claim) => claim.source !== 'standard'));
    expect(config.clients).toEqual(['machine', 'people']);
  });

  it('runs as it will in Lambda', async () => {
    process.env['CLIENT_ID_MACHINE'] = 'id-of-machine';
    process.env['CLIENT_ID_PEOPLE'] = 'id-of-people';
    const { handler } = createRequire(join(folder, 'index.js'))('./index.js') as {
      handler: (event: object) => Promise<{ response: object }>;
    };
    const event = {
      version: '3',
      triggerSource: 'TokenGeneration_ClientCredentials',
      callerContext: { clientId: 'id-of-machine' },
      request: { scopes: ['claims-gateway/invoke'] },
      response: {},
    };
    expect(await handler(event)).toEqual({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { department: 'finance' } } },
      },
    });
    await expect(handler({ ...event, version: '1' })).rejects.toThrow('version');
  });
});

describe('the trigger of an existing pool', () => {
  const options = { claims: { department: Claim.fromAttribute('custom:department') }, attachTrigger: true };
  const writeAttributes = new cognito.ClientAttributes().withStandardAttributes({ locale: true });

  it('is attached to a pool of the app when that was asked for, in the pool’s own stack', () => {
    const result = bind((stack) => {
      new CfnWaitConditionHandle(stack, 'Neighbour');
      const poolStack = new Stack(App.of(stack), 'Pool');
      const pool = new cognito.UserPool(poolStack, 'Pool');
      const people = pool.addClient('People', { writeAttributes });
      return Identity.fromUserPool(pool, { ...options, clients: { people } });
    });
    const poolTemplate = Template.fromStack(result.app.node.findChild('Pool') as Stack);
    poolTemplate.hasResourceProperties('AWS::Cognito::UserPool', {
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V3_0' } },
    });
    poolTemplate.hasResourceProperties('AWS::Lambda::Permission', { SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(result.created).toEqual(['AWS::CloudFormation::WaitConditionHandle']);
  });
});
