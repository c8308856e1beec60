import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Fn, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import {
  Claim,
  EnforcementGuard,
  GovernedGateway,
  type GovernedGatewayProps,
  Identity,
  PolicySource,
  Steps,
  ToolList,
  Tools,
  TrustedField,
} from '../../lib';
import type { JsonObject } from '../../lib/contract/json';
import { notesProps, notesToolsWith } from './notes-gateway';
import { findingsOf } from './synth-findings';
import { checkByAllRules } from './template-rules';
import { specErrors } from './template-spec';

const ALL_GATEWAYS = `
permit (principal is AgentCore::OAuthUser, action, resource is AgentCore::Gateway)
when { principal.hasTag("username") && principal.getTag("username") == "owner" };
`;

const ENV = { account: '111122223333', region: 'us-east-1' };
const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:own';
const VAULT = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default';
const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:bedrock-agentcore-identity!default/key-a1b2c3';
const LIST = ToolList.fromInline({ name: 'a', description: 'A', inputSchema: { type: 'object', properties: {} } });

/** What a team has in stacks of its own, and hands to the gateway. */
function shared(scope: Stage): Stack {
  return new Stack(scope, 'Shared', { env: ENV });
}

function openApi(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'nag-test-')), 'api.json');
  const paths = { '/a': { get: { operationId: 'getA', responses: {} } } };
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: {}, servers: [{ url: 'https://example.com' }], paths }));
  return file;
}

const apiKey = (secretArn = SECRET) =>
  agentcore.GatewayCredentialProvider.fromApiKeyIdentityArn({
    providerArn: `${VAULT}/apikeycredentialprovider/key`,
    secretArn,
  });

const oauth = () =>
  agentcore.GatewayCredentialProvider.fromOauthIdentityArn({
    providerArn: `${VAULT}/oauth2credentialprovider/idp`,
    secretArn: SECRET,
    scopes: ['read'],
  });

/** A gateway with one more target. */
const withTarget = (tools: Tools): GovernedGatewayProps => {
  const { targets, ...props } = notesProps();
  return { ...props, targets: { ...targets, own: tools }, policies: [PolicySource.fromInline(ALL_GATEWAYS)] };
};

type Variants = { readonly [name: string]: (scope: Stage) => GovernedGatewayProps };

const ANYWHERE: Variants = {
  'required props': () => notesProps(),
  'an IAM gateway': () => ({ ...notesProps(), policies: [], identity: Identity.iam(), mode: 'LOG_ONLY' as never }),
  'a policy for all gateways': () => ({ ...notesProps(), policies: [PolicySource.fromInline(ALL_GATEWAYS)] }),
  'a name of later': () => ({ ...notesProps(), gatewayName: Fn.importValue('GatewayName') }),
  'an enforcement guard': () => ({ ...notesProps(), enforcementGuard: EnforcementGuard.repair() }),
  interceptors: () => ({ ...notesProps(), trustedContext: { environment: TrustedField.constant('test') } }),
  tracing: () => ({ ...notesProps(), targets: { notes: notesToolsWith({ tracing: lambda.Tracing.ACTIVE }) } }),
  'an API key': () => withTarget(Tools.fromOpenApi(openApi(), { credentials: apiKey() })),
  'an API key of later, and a name with capitals': () => ({
    ...withTarget(Tools.fromOpenApi(openApi(), { credentials: apiKey(Fn.importValue('SecretArn')) })),
    gatewayName: 'Notes',
  }),
  'OAuth to an MCP server': () =>
    withTarget(Tools.fromMcpServer('https://example.com/mcp', { tools: LIST, credentials: oauth() })),
  'claims by client': () => ({
    ...notesProps(),
    identity: Identity.cognito({ claims: { tier: Claim.fromClient({ people: 'interactive' }) } }),
  }),
};

const IN_ACCOUNT: Variants = {
  'a key': (scope) => ({
    ...notesProps(),
    encryptionKey: new kms.Key(shared(scope), 'Key', { enableKeyRotation: true }),
  }),
  'an imported function': (scope) =>
    withTarget(Tools.fromFunction(lambda.Function.fromFunctionArn(shared(scope), 'Own', ARN), LIST)),
  'a function of the same environment': (scope) => {
    const attributes = { functionArn: ARN, sameEnvironment: true };
    return withTarget(
      Tools.fromFunction(lambda.Function.fromFunctionAttributes(shared(scope), 'Own', attributes), LIST),
    );
  },
  'an imported alias': (scope) =>
    withTarget(Tools.fromFunction(lambda.Function.fromFunctionArn(shared(scope), 'Own', `${ARN}:live`), LIST)),
  'a function that is only known at deployment': (scope) => {
    const attributes = { functionArn: Fn.importValue('OwnArn'), skipPermissions: true };
    return withTarget(
      Tools.fromFunction(lambda.Function.fromFunctionAttributes(shared(scope), 'Own', attributes), LIST),
    );
  },
  'a VPC': (scope) => {
    const vpc = ec2.Vpc.fromVpcAttributes(shared(scope), 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['us-east-1a'],
      privateSubnetIds: ['subnet-0123456789abcdef0'],
    });
    const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(vpc, 'Group', 'sg-0123456789abcdef0')];
    return { ...notesProps(), targets: { notes: notesToolsWith({ vpc, securityGroups }) } };
  },
  'an existing engine with a key': (scope) => {
    const policyEngine = agentcore.PolicyEngine.fromPolicyEngineAttributes(shared(scope), 'Engine', {
      policyEngineArn: 'arn:aws:bedrock-agentcore:us-east-1:111122223333:policy-engine/shared-abcdefghij',
      kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555',
    });
    return { ...notesProps(), policyEngine };
  },
  'steps with rights, and a key': (scope) => {
    const stack = shared(scope);
    const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
    const table = new dynamodb.TableV2(stack, 'Regions', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    const region = TrustedField.fromTable(table, { keyClaim: 'sub', keyAttribute: 'id', valueAttribute: 'region' });
    const steps = [Steps.audit(), Steps.guardrail({ guardrailId: 'abcdefghij', guardrailVersion: '1' })];
    return { ...notesProps(), encryptionKey, trustedContext: { region }, steps };
  },
};

const CASES = [
  ...Object.entries(ANYWHERE).map(([name, propsIn]) => [name, undefined, propsIn] as const),
  ...Object.entries({ ...ANYWHERE, ...IN_ACCOUNT }).map(
    ([name, propsIn]) => [`${name}, in a known account`, ENV, propsIn] as const,
  ),
].map(([name, env, propsIn], index) => ({ name, env, propsIn, id: `Case${index}` }));

/** Every case in a stage of its own: one synth, for which the rules are loaded once. */
const app = checkByAllRules(new App({ analyticsReporting: false }));
const stacks = CASES.map(({ env, propsIn, id }) => {
  const stage = new Stage(app, id);
  const props = propsIn(stage);
  const stack = new Stack(stage, 'Notes', { env });
  new GovernedGateway(stack, 'Gateway', props);
  return stack;
});
const findings = findingsOf(app);

describe.each(CASES.map((one, index) => [one.name, one.id, stacks[index] as Stack] as const))(
  'a gateway with %s',
  (_, id, stack) => {
    it('has no unacknowledged AwsSolutions finding, and a reason for each acknowledged one', () => {
      expect(
        findings.filter((finding) => finding.includes(` at ${id}/Notes/`) && !finding.startsWith('POLICY_')),
      ).toEqual([]);
    });

    it('says nothing that the resource specification does not know', () => {
      expect(specErrors(Template.fromStack(stack).toJSON() as JsonObject)).toEqual([]);
    });
  },
);
