import { App, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import {
  EnforcementMode,
  type GovernedGatewayProps,
  Identity,
  PolicySource,
  SpoofResponse,
  TrustedField,
} from '../../lib';
import { manifestOf, notesProps, stackWith, templateWith } from './notes-gateway';
import { createdBefore, idsOf } from './template-order';

const GATEWAY = 'AWS::BedrockAgentCore::Gateway';
const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';
const ENGINE = 'Custom::AgentCorePolicyEngine';
const SET = 'Custom::AgentCorePolicySet';
const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const ENGINE_ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:policy-engine/shared-abcdefghij';

function only(template: Template, type: string): string {
  const ids = idsOf(template, type);
  expect(ids).toHaveLength(1);
  return ids[0] as string;
}

/** Statements of the one policy whose logical id has a part. */
function statementsOf(template: Template, part: string): { Action: string | string[]; Resource: unknown }[] {
  const [id] = idsOf(template, 'AWS::IAM::Policy').filter((candidate) => candidate.includes(part));
  return template.findResources('AWS::IAM::Policy')[id ?? '']?.['Properties'].PolicyDocument.Statement;
}

describe('GovernedGateway with required props', () => {
  const template = templateWith();

  it('attaches the engine natively, in the mode that was asked for', () => {
    template.hasResourceProperties(GATEWAY, {
      AuthorizerType: 'CUSTOM_JWT',
      PolicyEngineConfiguration: {
        Arn: { 'Fn::GetAtt': [only(template, ENGINE), 'PolicyEngineArn'] },
        Mode: 'ENFORCE',
      },
      ProtocolConfiguration: {
        Mcp: { SearchType: 'SEMANTIC', SupportedVersions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'] },
      },
      ExceptionLevel: Match.absent(),
      InterceptorConfigurations: Match.absent(),
    });
  });

  it('tells the policy set in which mode the gateway has to be, so that another one fails an update', () => {
    template.hasResourceProperties(SET, { GatewayMode: 'ENFORCE' });
    template.hasResourceProperties(ENGINE, { Description: Match.stringLikeRegexp('^Policies of gateway notes') });
  });

  it('has a name in lower case, as its id is', () => {
    template.hasResourceProperties(GATEWAY, { Name: Match.stringLikeRegexp('^[a-z0-9-]+$') });
  });

  it.each<[string, Partial<GovernedGatewayProps>]>([
    ['AWS credentials', { identity: Identity.iam(), policies: [], mode: EnforcementMode.LOG_ONLY }],
    ['no search', { semanticSearch: false }],
  ])('becomes another gateway, with another name, by a change to %s, which no update can make', (_, change) => {
    const other = templateWith(change);
    const nameIn = (of: Template): string => of.findResources(GATEWAY)[only(of, GATEWAY)]?.['Properties'].Name;
    expect(only(other, GATEWAY)).not.toBe(only(template, GATEWAY));
    expect(nameIn(other)).toMatch(new RegExp(`^${nameIn(template)}-`));
    expect(nameIn(other).length).toBeLessThanOrEqual(48);
    expect(only(other, ENGINE)).toBe(only(template, ENGINE));
    const names = (of: Template): string[] =>
      Object.values(of.findResources('AWS::Cognito::UserPool')).map((pool): string => pool['Properties'].UserPoolName);
    if (change.identity === undefined) expect(names(other)).toEqual(names(template));
  });

  it('stays the same gateway when another issuer makes the tokens', () => {
    const discoveryUrl = 'https://login.example.com/.well-known/openid-configuration';
    const other = templateWith({ identity: Identity.oidc({ discoveryUrl, allowedClients: ['a'] }) });
    expect(only(other, GATEWAY)).toBe(only(template, GATEWAY));
  });

  it('has its machine clients by name', () => {
    const machines = { reader: {}, 'nightly-report': {} };
    const { gateway } = stackWith({ ...notesProps(), identity: Identity.cognito({ machines }) });
    expect(Object.keys(gateway.machineClients)).toEqual(['reader', 'nightly-report']);
  });

  it('creates rights, engine, gateway, targets and policy set in this order', () => {
    const attachment = idsOf(template, 'AWS::IAM::Policy').find((id) => id.includes('RoleAttachment')) as string;
    const order = [
      attachment,
      only(template, ENGINE),
      only(template, GATEWAY),
      only(template, TARGET),
      only(template, SET),
    ];
    for (const [index, id] of order.entries()) {
      const before = createdBefore(template, id);
      for (const earlier of order.slice(0, index)) expect(before, `${earlier} before ${id}`).toContain(earlier);
    }
  });

  it('gives the handlers their rights before the engine, and keeps them until the set is gone', () => {
    const rights = idsOf(template, 'AWS::IAM::Policy').find((id) => id.includes('ProviderRights')) as string;
    for (const type of [ENGINE, SET]) expect(createdBefore(template, only(template, type))).toContain(rights);
  });

  it('lets only this gateway of this account assume its role', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': Match.objectLike({}) },
            },
          }),
        ],
      },
    });
  });

  it('puts a condition on every trust policy', () => {
    for (const [id, role] of Object.entries(template.findResources('AWS::IAM::Role'))) {
      for (const statement of role['Properties'].AssumeRolePolicyDocument.Statement) {
        expect(statement.Condition?.StringEquals?.['aws:SourceAccount'], id).toEqual({ Ref: 'AWS::AccountId' });
      }
    }
  });

  it('keeps the logs of every function for a limited time, encrypted', () => {
    for (const [id, fn] of Object.entries(template.findResources('AWS::Lambda::Function'))) {
      expect(fn['Properties'].LoggingConfig?.LogGroup, id).toBeDefined();
    }
    for (const group of Object.values(template.findResources('AWS::Logs::LogGroup'))) {
      expect(group['Properties'].RetentionInDays).toBe(365);
    }
  });

  // Covers assumed.attachment-check
  it('lets the role pass what the service checks when it attaches the engine', () => {
    const statements = statementsOf(template, 'RoleAttachment');
    const check = statements.find(({ Action }) => Action === 'bedrock-agentcore:CheckAuthorizePermissions');
    expect(JSON.stringify(check?.Resource)).toMatch(/:\/policy-engines\/\w+-\?{10}\/target-resource\/\*/);
  });

  it('lets a principal of IAM invoke it, and nothing else', () => {
    const { gateway, stack } = stackWith(notesProps());
    gateway.grantInvoke(new iam.User(stack, 'Agent'));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'bedrock-agentcore:InvokeGateway',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Gateway'), 'GatewayArn'] },
          },
        ],
      },
    });
  });

  it('tells a client where to go', () => {
    const { gateway, stack } = stackWith(notesProps());
    expect(stack.resolve(gateway.gatewayUrl)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'GatewayUrl'] });
    expect(gateway.tokenEndpointUrl).toContain('/oauth2/token');
    expect(Object.keys(template.findOutputs('*')).some((id) => id.includes('GatewayUrl'))).toBe(true);
  });
});

describe('GovernedGateway with everything', () => {
  // Covers assumed.semantic-search
  it('sets what the L2 can and what it cannot set', () => {
    const template = templateWith({
      mode: EnforcementMode.LOG_ONLY,
      identity: Identity.cognito({ groups: ['owners'] }),
      gatewayName: 'notes-gateway',
      description: 'Notes of the team',
      instructions: 'Read before you delete',
      protocolVersions: [agentcore.MCPProtocolVersion.MCP_2025_11_25],
      semanticSearch: false,
      sessionTimeout: Duration.hours(1),
      responseStreaming: true,
      toolListPagination: false,
      exceptionLevel: agentcore.GatewayExceptionLevel.DEBUG,
      trustedContext: { environment: TrustedField.constant('test') },
      onSpoof: SpoofResponse.REJECT,
      logRetention: logs.RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
      prune: false,
      tags: { team: 'notes' },
    });
    template.hasResourceProperties(GATEWAY, {
      Name: 'notes-gateway',
      Description: 'Notes of the team',
      ExceptionLevel: 'DEBUG',
      PolicyEngineConfiguration: { Mode: 'LOG_ONLY' },
      ProtocolConfiguration: {
        Mcp: {
          Instructions: 'Read before you delete',
          SupportedVersions: ['2025-11-25'],
          SearchType: Match.absent(),
          SessionConfiguration: { SessionTimeoutInSeconds: 3600 },
          StreamingConfiguration: { EnableResponseStreaming: true },
          DisableMcpListToolsPagination: true,
        },
      },
      InterceptorConfigurations: [
        { InterceptionPoints: ['REQUEST'], InputConfiguration: { PassRequestHeaders: true } },
        { InterceptionPoints: ['RESPONSE'], InputConfiguration: { PassRequestHeaders: true } },
      ],
      Tags: { team: 'notes' },
    });
    template.hasResourceProperties(SET, { Prune: 'false', GatewayMode: 'LOG_ONLY' });
    for (const group of Object.values(template.findResources('AWS::Logs::LogGroup'))) {
      expect(group['Properties'].RetentionInDays).toBe(7);
      expect(group['DeletionPolicy']).toBe('Delete');
    }
  });

  it('publishes a trusted field in every tool, and guards the calls that lack it', () => {
    const trustedContext = { environment: TrustedField.constant('test') };
    const manifest = manifestOf({ ...notesProps(), trustedContext });
    const schemas = manifest.targets[0]?.tools.map((tool) => tool.inputSchema) ?? [];
    expect(schemas).toHaveLength(2);
    for (const schema of schemas) {
      expect(schema).toMatchObject({ properties: { environment: { type: 'string' } } });
      expect(schema['required']).not.toContain('environment');
    }
    expect(manifest.policies.map((policy) => policy.id)).toContain('governed-gateway/requires-interceptor');
    expect(manifest.interceptors.request?.asset).toMatch(/^asset\./);
  });

  // Covers gateway.keys
  it('encrypts gateway and engine with the key, which their handlers and role may use', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys');
    const { stack } = stackWith({ ...notesProps(), encryptionKey: new kms.Key(keys, 'Key') }, app);
    const template = Template.fromStack(stack);
    template.hasResourceProperties(GATEWAY, { KmsKeyArn: Match.anyValue() });
    template.hasResourceProperties(ENGINE, { EncryptionKeyArn: Match.anyValue() });
    for (const group of Object.values(template.findResources('AWS::Logs::LogGroup'))) {
      expect(group['Properties'].KmsKeyId).toBeDefined();
    }
    for (const policy of ['RoleAttachment', 'ProviderRights']) {
      const actions = statementsOf(template, policy).flatMap(({ Action }) => Action);
      expect(actions).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant']));
    }
    const logsOfThisAccount = Match.objectLike({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } });
    Template.fromStack(keys).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Condition: logsOfThisAccount })]) },
    });
  });

  it('gives the engine another name with another key, and roles that work with both while one replaces the other', () => {
    const template = (key: string): Template => {
      const app = new App();
      const keys = new Stack(app, 'Keys');
      return Template.fromStack(stackWith({ ...notesProps(), encryptionKey: new kms.Key(keys, key) }, app).stack);
    };
    const nameOf = (of: Template): string =>
      Object.values(of.findResources(ENGINE)).map((engine): string => engine['Properties'].EngineName)[0] ?? '';
    const [plain, one, other] = [nameOf(templateWith()), nameOf(template('One')), nameOf(template('Other'))];
    expect(one).toMatch(new RegExp(`^${plain}_[0-9a-f]{8}$`));
    expect(other).toMatch(new RegExp(`^${plain}_[0-9a-f]{8}$`));
    expect(other).not.toBe(one);
    expect(nameOf(template('One'))).toBe(one);
    const policies = JSON.stringify(template('One').findResources('AWS::IAM::Policy'));
    expect(policies).toContain(`policy-engine/${plain}-??????????`);
    expect(policies).toContain(`policy-engine/${plain}_????????-??????????`);
  });

  it('serves its own stack, engine, gateway and documents only, by the environment of its functions', () => {
    const { stack } = stackWith(notesProps());
    const template = Template.fromStack(stack);
    const [[setId, set]] = Object.entries(template.findResources(SET)) as [
      [string, { Properties: { DocumentKey: string } }],
    ];
    const [engineId] = Object.keys(template.findResources(ENGINE));
    const key = set.Properties.DocumentKey;
    const prefix = key.slice(0, -'.json'.length - 64);
    expect(prefix).toMatch(/^policies-\w+-$/);
    for (const handler of ['index.onEvent', 'index.isComplete']) {
      template.hasResourceProperties('AWS::Lambda::Function', {
        Handler: handler,
        Environment: {
          Variables: Match.objectLike({
            STACK_ID: { Ref: 'AWS::StackId' },
            ENGINE_LOGICAL_ID: engineId,
            SET_LOGICAL_ID: setId,
            ENGINE_IDS: Match.stringLikeRegexp('^\\w+-\\?{10},\\w+_\\?{8}-\\?{10}$'),
            OWNS_ENGINE: 'true',
            OWNER: `${stack.stackName}/Gateway/Policies`,
            DOCUMENT_PREFIX: prefix,
          }),
        },
      });
    }
    const reads = statementsOf(template, 'ProviderRights').filter(({ Action }) => Action === 's3:GetObject');
    expect(reads.map(({ Resource }) => JSON.stringify(Resource).includes(`/${prefix}*.json`))).toEqual([true]);
  });

  // Covers assumed.unnamed-gateway
  it('may manage policies of all gateways only where a policy names no single one', () => {
    const actionsOf = (template: Template): string => JSON.stringify(template.findResources('AWS::IAM::Policy'));
    const wide =
      'permit (principal is AgentCore::OAuthUser, action, resource is AgentCore::Gateway) when { principal.hasTag("scope") };';
    expect(actionsOf(templateWith())).not.toContain('ManageAdminPolicy');
    expect(actionsOf(templateWith({ policies: [PolicySource.fromInline(wide)] }))).toContain('ManageAdminPolicy');
  });

  it('may invoke its interceptors before it is there, and as long as it is', () => {
    const template = templateWith({ trustedContext: { environment: TrustedField.constant('test') } });
    const invoke = idsOf(template, 'AWS::IAM::Policy').find((id) => id.includes('InterceptorsInvoke')) as string;
    expect(createdBefore(template, only(template, GATEWAY))).toContain(invoke);
    expect(JSON.stringify(statementsOf(template, 'InterceptorsInvoke')[0]?.Resource)).toMatch(/Request.*Response/);
  });

  it('works with a name that is only known when the stack is deployed', () => {
    const template = templateWith({ gatewayName: Fn.importValue('GatewayName') });
    expect(JSON.stringify(template.toJSON())).not.toMatch(/\$\{token/i);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Condition: Match.objectLike({
              ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':gateway/*'])] } },
            }),
          }),
        ],
      },
    });
  });

  it('takes an engine that exists already and owns nothing in it', () => {
    const app = new App();
    const attributes = { policyEngineArn: ENGINE_ARN, kmsKeyArn: KEY_ARN };
    const policyEngine = agentcore.PolicyEngine.fromPolicyEngineAttributes(
      new Stack(app, 'Shared'),
      'Engine',
      attributes,
    );
    const template = Template.fromStack(stackWith({ ...notesProps(), policyEngine }, app).stack);
    template.resourceCountIs(ENGINE, 0);
    template.hasResourceProperties(GATEWAY, { PolicyEngineConfiguration: { Arn: ENGINE_ARN } });
    template.hasResourceProperties(SET, { PolicyEngineId: 'shared-abcdefghij' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.isComplete',
      Environment: {
        Variables: Match.objectLike({ OWNS_ENGINE: 'false', ENGINE_IDS: 'shared-abcdefghij', ENGINE_LOGICAL_ID: '' }),
      },
    });
    for (const policy of ['RoleAttachment', 'ProviderRights']) {
      const use = statementsOf(template, policy).find(({ Resource }) => Resource === KEY_ARN);
      expect(use?.Action, policy).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']);
    }
  });
});
