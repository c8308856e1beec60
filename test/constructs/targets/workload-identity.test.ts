import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { describe, expect, it } from 'vitest';
import { allowWorkloadIdentity } from '../../../lib/constructs/targets/source/workload-identity';

const VAULT = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default';
const secretArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:bedrock-agentcore-identity!default/key-a1b2c3';
const apiKey = agentcore.GatewayCredentialProvider.fromApiKeyIdentityArn({
  providerArn: `${VAULT}/apikeycredentialprovider/key`,
  secretArn,
});
const oauth = agentcore.GatewayCredentialProvider.fromOauthIdentityArn({
  providerArn: `${VAULT}/oauth2credentialprovider/idp`,
  secretArn,
  scopes: ['read'],
});

/** What the gateway's role may do as a workload identity: actions by what the identity's name looks like. */
function rightsOf(
  nameIn: (stack: Stack) => string,
  credentials: agentcore.ICredentialProviderConfig[],
): { [name: string]: string[] } {
  const stack = new Stack(new App(), 'Stack');
  const gateway = new agentcore.Gateway(stack, 'Gateway', { gatewayName: nameIn(stack) });
  allowWorkloadIdentity(gateway, credentials);
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const statements = (policy?.['Properties'].PolicyDocument.Statement ?? []) as {
    Action: string | string[];
    Resource: unknown;
  }[];
  const entries = statements.flatMap(({ Action, Resource }) => {
    const name = /workload-identity\/(.*?)"\]\]/.exec(JSON.stringify(Resource).replaceAll('\\', ''))?.[1];
    return name === undefined ? [] : [[name, [Action].flat().map((action) => action.split(':')[1] ?? '')]];
  });
  return Object.fromEntries(entries) as { [name: string]: string[] };
}

// Source: aws/aws-cdk#38869, a live gateway.
describe('the workload identity, which is named in lower case', () => {
  // Covers target.workload-identity
  it.each([
    ['an API key', apiKey, ['GetWorkloadAccessToken', 'GetResourceApiKey']],
    [
      'OAuth',
      oauth,
      [
        ...['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId'],
        ...['GetResourceOauth2Token', 'CompleteResourceTokenAuth'],
      ],
    ],
  ])('is in the role of a gateway whose name has capitals, for %s', (_, provider, actions) => {
    expect(rightsOf(() => 'OrdersGateway', [provider])).toEqual({ 'ordersgateway-*': actions });
  });

  it('is named by the id of a gateway whose name is only known at deployment', () => {
    const rights = rightsOf((stack) => new CfnParameter(stack, 'Name').valueAsString, [apiKey]);
    expect(Object.keys(rights)).toEqual([expect.stringMatching(/GatewayIdentifier"\]\},"\*$/)]);
  });

  it('is left to aws-cdk-lib where the name has no capitals, and where no credential is kept', () => {
    expect(rightsOf(() => 'orders-gateway', [apiKey])).toEqual({});
    expect(rightsOf(() => 'OrdersGateway', [agentcore.GatewayCredentialProvider.fromIamRole()])).toEqual({});
  });
});
