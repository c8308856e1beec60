import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcard } from '../../findings/acknowledge';

/** What a gateway does as its workload identity to get a credential. Source: AgentCore developer guide, page gateway-outbound-auth. */
const ACTIONS: { readonly [type: string]: readonly string[] } = {
  [agentcore.CredentialProviderType.API_KEY]: ['GetWorkloadAccessToken', 'GetResourceApiKey'],
  [agentcore.CredentialProviderType.OAUTH]: [
    ...['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId'],
    ...['GetResourceOauth2Token', 'CompleteResourceTokenAuth'],
  ],
};

/**
 * Completes the rights with which a gateway gets its outbound credentials. aws-cdk-lib names the workload identity as the gateway was named,
 * and the service in lower case, so that every call of such a target would be denied (aws/aws-cdk#38869). A name that is only known at
 * deployment cannot be lower-cased here: then by the gateway's id, with which the identity's name begins.
 */
export function allowWorkloadIdentity(
  gateway: agentcore.IGateway,
  credentials: readonly agentcore.ICredentialProviderConfig[],
): void {
  const actions = new Set(credentials.flatMap((provider) => ACTIONS[provider.credentialProviderType] ?? []));
  if (actions.size === 0) return;
  const { gatewayName, role } = gateway;
  const granted = identityArn(gateway, `${gatewayName}-*`);
  acknowledgeWildcard(role, granted, IDENTITY_REASON);
  acknowledgeWildcard(role, secretsArn(gateway), SECRET_REASON);
  if (!Token.isUnresolved(gatewayName) && gatewayName === gatewayName.toLowerCase()) return;
  const name = Token.isUnresolved(gatewayName) ? `${gateway.gatewayId}*` : `${gatewayName.toLowerCase()}-*`;
  const resourceArns = [identityArn(gateway, name)];
  const prefixed = [...actions].map((action) => `bedrock-agentcore:${action}`);
  iam.Grant.addToPrincipal({ grantee: role, actions: prefixed, resourceArns });
  for (const arn of resourceArns) acknowledgeWildcard(role, arn, IDENTITY_REASON);
}

const IDENTITY_REASON = 'the service adds a suffix to the name of the workload identity; the wildcard stands for it';

const SECRET_REASON =
  'the ARN of the secret is only known when the stack is deployed; all secrets of AgentCore Identity, and no others';

function identityArn(gateway: agentcore.IGateway, name: string): string {
  const directory = Stack.of(gateway).formatArn({
    service: 'bedrock-agentcore',
    resource: 'workload-identity-directory',
    resourceName: 'default',
  });
  return `${directory}/workload-identity/${name}`;
}

/** As aws-cdk-lib grants it where it does not know the secret. */
function secretsArn(gateway: agentcore.IGateway): string {
  return Stack.of(gateway).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: 'bedrock-agentcore-identity!*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
