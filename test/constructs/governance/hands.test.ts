import { App, Aspects, CfnResource, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { GovernanceBaseline, GovernedGateway, Observability, Steps } from '../../../lib';
import { CHANGING_ROLES_PATH } from '../../../lib/contract/changing-roles';
import { notesProps, notesToolsWith } from '../notes-gateway';
import { findingsOf, messagesOf } from '../synth-findings';

type Hand = (gateway: GovernedGateway) => void;

/** What the finding about each gateway says was changed, of gateways in stacks of their own that are synthesized once. */
function changesAfter(hands: readonly Hand[]): string[][] {
  const app = new App();
  GovernanceBaseline.of(app).add({ name: 'acme' });
  for (const [index, change] of hands.entries()) {
    const observability = index === 0 ? Observability.standard() : undefined;
    const props = { ...notesProps(), steps: [Steps.inputCheck()], observability };
    change(new GovernedGateway(new Stack(app, `Stack${index}`), 'Gateway', props));
  }
  const said = messagesOf(app, 'BASELINE_UNTOUCHED');
  return hands.map((_, index) => {
    const about = said.filter((message) => message.startsWith(`gateway \`Stack${index}/Gateway\` `));
    return about.flatMap((message) => message.replace(/^.*rule `untouched`: /, '').split('; '));
  });
}

function ofType(gateway: GovernedGateway, type: string): CfnResource[] {
  const all = gateway.node.findAll().filter((node) => CfnResource.isCfnResource(node));
  return all.filter((node) => node.cfnResourceType === type);
}

function one(gateway: GovernedGateway, type: string): CfnResource {
  return ofType(gateway, type)[0] as CfnResource;
}

const set = (gateway: GovernedGateway): CfnResource => one(gateway, 'Custom::AgentCorePolicySet');
const engine = (gateway: GovernedGateway): CfnResource => one(gateway, 'Custom::AgentCorePolicyEngine');
const target = (gateway: GovernedGateway): CfnResource => one(gateway, 'AWS::BedrockAgentCore::GatewayTarget');
const l1 = ({ gateway }: GovernedGateway): agentcore.CfnGateway => gateway.node.defaultChild as agentcore.CfnGateway;
const l1Of = (fn: lambda.IFunction | undefined): lambda.CfnFunction => fn?.node.defaultChild as lambda.CfnFunction;
const intercepting = ({ functions }: GovernedGateway): lambda.CfnFunction => l1Of(functions.interceptors?.[0]);
const framework = ({ node }: GovernedGateway): lambda.CfnFunction =>
  node.findAll().find((child) => child.node.id === 'framework-onEvent')?.node.defaultChild as lambda.CfnFunction;
const handler = (gateway: GovernedGateway, index = 0): lambda.Function =>
  gateway.functions.policyHandlers?.[index] as lambda.Function;

const SOMEBODY = 'arn:aws:lambda:eu-west-1:111122223333:function:mine';

type Tried = readonly [says: string, hand: Hand];

/** Every way out of the construct that CDK has, on each resource that a promise rests on, and what the finding says. */
const CHANGED: readonly Tried[] = [
  ['macro Mine rewrites the template', (it) => Stack.of(it).addTransform('Mine')],
  [
    'the type of the gateway was changed',
    (it) => l1(it).addOverride('Type', 'AWS::CloudFormation::WaitConditionHandle'),
  ],
  ['a macro rewrites the gateway', (it) => l1(it).addPropertyOverride('Fn::Transform', { Name: 'Mine' })],
  ['AuthorizerType of the gateway was changed', (it) => Object.assign(l1(it), { authorizerType: 'NONE' })],
  [
    'PolicyEngineConfiguration of the gateway was changed',
    (it) => l1(it).addPropertyOverride('PolicyEngineConfiguration.Mode', 'LOG_ONLY'),
  ],
  [
    'AuthorizerConfiguration of the gateway was changed',
    (it) => l1(it).addPropertyOverride('AuthorizerConfiguration.CustomJWTAuthorizer.DiscoveryUrl', 'mine'),
  ],
  [
    'InterceptorConfigurations of the gateway was changed',
    (it) => Object.assign(l1(it), { interceptorConfigurations: undefined }),
  ],
  ['Code of interceptor Request was changed', (it) => intercepting(it).addPropertyOverride('Code.S3Key', 'mine.zip')],
  ['ServiceToken of the policy engine was changed', (it) => engine(it).addPropertyOverride('ServiceToken', SOMEBODY)],
  ['the policy set was given a condition', (it) => set(it).addOverride('Condition', 'Never')],
  ['GatewayArn of the policy set was changed', (it) => set(it).addPropertyOverride('GatewayArn', 'arn:aws:another')],
  ['DocumentHash of the policy set was changed', (it) => set(it).addPropertyOverride('DocumentHash', 'another')],
  ['ServiceToken of the policy set was changed', (it) => set(it).addPropertyOverride('ServiceToken', SOMEBODY)],
  [
    'variable AWS_LAMBDA_EXEC_WRAPPER of policy handler OnEvent was changed',
    (it) => void handler(it).addEnvironment('AWS_LAMBDA_EXEC_WRAPPER', '/opt/mine'),
  ],
  [
    'variable DOCUMENT_BUCKET of policy handler OnEvent was changed',
    (it) => void handler(it).addEnvironment('DOCUMENT_BUCKET', 'mine'),
  ],
  [
    'Code of policy handler OnEvent was changed',
    (it) => Object.assign(l1Of(handler(it)), { code: { zipFile: 'mine' } }),
  ],
  [
    'Handler of policy handler OnEvent was changed',
    (it) => Object.assign(l1Of(handler(it)), { handler: 'mine.handler' }),
  ],
  [
    'Code of policy handler IsComplete was changed',
    (it) => l1Of(handler(it, 1)).addPropertyOverride('Code.S3Key', 'x'),
  ],
  [
    'variable USER_ON_EVENT_FUNCTION_ARN of framework function onEvent was changed',
    (it) => framework(it).addPropertyOverride('Environment.Variables.USER_ON_EVENT_FUNCTION_ARN', SOMEBODY),
  ],
  [
    'DefinitionString of the waiter of policy handlers was changed',
    (it) => one(it, 'AWS::StepFunctions::StateMachine').addPropertyOverride('DefinitionString', '{}'),
  ],
  [
    'AccessTokenValidity of client people was changed',
    (it) => one(it, 'AWS::Cognito::UserPoolClient').addPropertyOverride('AccessTokenValidity', 1440),
  ],
  ['Name of target notes was changed', (it) => Object.assign(target(it), { name: 'other' })],
  [
    'TargetConfiguration of target notes was changed',
    (it) => target(it).addPropertyOverride('TargetConfiguration.Mcp.Lambda.LambdaArn', SOMEBODY),
  ],
];

/** The same by deletion, and by an aspect. */
const DELETED: readonly Tried[] = [
  [
    'PolicyEngineConfiguration of the gateway was changed',
    (it) => l1(it).addPropertyDeletionOverride('PolicyEngineConfiguration'),
  ],
  [
    'AuthorizerConfiguration of the gateway was changed',
    (it) =>
      Aspects.of(it).add({
        visit: (node) => {
          if (node === l1(it)) l1(it).authorizerConfiguration = undefined;
        },
      }),
  ],
  [
    'InterceptorConfigurations of the gateway was changed',
    (it) => l1(it).addPropertyDeletionOverride('InterceptorConfigurations'),
  ],
  ['DocumentKey of the policy set was changed', (it) => set(it).addDeletionOverride('Properties.DocumentKey')],
];

const REMOVED: readonly Tried[] = [
  ['the policy set was removed', (it) => void it.node.findChild('Policies').node.tryRemoveChild('Set')],
  ['observability was removed', (it) => void it.node.tryRemoveChild('Observability')],
];

const all =
  (tried: readonly Tried[]): Hand =>
  (gateway) => {
    for (const [, hand] of tried) hand(gateway);
  };

/** In the order of the gateways below. */
const acknowledged: Hand = (it) => {
  l1(it).addPropertyOverride('PolicyEngineConfiguration.Mode', 'LOG_ONLY');
  Validations.of(Stack.of(it)).acknowledge({ id: 'governed-gateway::BASELINE_UNTOUCHED', reason: 'mine' });
  Validations.of(it).acknowledge({ id: 'BASELINE_UNTOUCHED', reason: 'mine' });
};

/** What organizations do to every resource. */
const customary: Hand = (gateway) => {
  const stack = Stack.of(gateway);
  Tags.of(stack).add('team', 'notes');
  iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
  stack.addTransform('AWS::LanguageExtensions');
  for (const fn of [handler(gateway), gateway.functions.interceptors?.[0] as lambda.Function]) {
    fn.addEnvironment('TEAM', 'notes');
    fn.addLayers(lambda.LayerVersion.fromLayerVersionArn(gateway, `Layer${fn.node.addr}`, `${SOMEBODY}:1`));
  }
  for (const resource of ofType(gateway, 'AWS::Lambda::Function')) {
    resource.addPropertyOverride('TracingConfig.Mode', 'Active');
    resource.addPropertyOverride('MemorySize', 1024);
  }
  gateway.addTarget('more', notesToolsWith({}));
};

describe('hands behind the construct', () => {
  it('are seen, whatever they change, and nobody can acknowledge it', () => {
    const whole: Hand = (it) => void it.node.tryRemoveChild('Policies');
    const [removed, changed, deleted, withoutPolicies, acknowledging, usual] = changesAfter([
      ...[all(REMOVED), all(CHANGED), all(DELETED), whole, acknowledged, customary],
    ]);
    const said = (tried: readonly Tried[]): string[] => tried.map(([says]) => says).sort();
    expect(removed?.sort()).toEqual(said(REMOVED));
    expect(changed?.sort()).toEqual(said(CHANGED));
    expect(deleted?.sort()).toEqual(said(DELETED));
    expect(withoutPolicies).toEqual(
      expect.arrayContaining(['the policy engine was removed', 'the policy set was removed']),
    );
    expect(acknowledging).toEqual(['PolicyEngineConfiguration of the gateway was changed']);
    expect(usual).toEqual([]);
  });

  it('are seen when they make by themselves what a gateway makes', () => {
    const app = new App();
    GovernanceBaseline.of(app).add({ name: 'acme' });
    const stack = new Stack(app, 'Notes');
    const { gateway } = new GovernedGateway(stack, 'Gateway', notesProps());
    const roleArn = 'arn:aws:iam::111122223333:role/open';
    new agentcore.CfnGateway(stack, 'OwnGateway', {
      name: 'open',
      authorizerType: 'NONE',
      protocolType: 'MCP',
      roleArn,
    });
    gateway.addLambdaTarget('OwnTarget', {
      gatewayTargetName: 'own',
      lambdaFunction: lambda.Function.fromFunctionAttributes(stack, 'Tools', {
        functionArn: SOMEBODY,
        sameEnvironment: true,
      }),
      toolSchema: agentcore.ToolSchema.fromInline([
        { name: 'erase', description: 'Erases', inputSchema: { type: agentcore.SchemaDefinitionType.OBJECT } },
      ]),
    });
    const assumedBy = new iam.AccountRootPrincipal();
    new iam.Role(stack, 'OwnRole', { assumedBy, path: `${CHANGING_ROLES_PATH}mine/` });
    const role = new iam.Role(stack, 'OtherRole', { assumedBy });
    (role.node.defaultChild as iam.CfnRole).addPropertyOverride('Path', CHANGING_ROLES_PATH);
    new iam.Role(stack, 'HarmlessRole', { assumedBy, path: '/team/' });
    expect(findingsOf(app).filter((finding) => finding.startsWith('BASELINE_'))).toEqual(
      Array.from({ length: 4 }, () => 'BASELINE_UNGOVERNED at '),
    );
  });
});
