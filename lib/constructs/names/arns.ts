import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Characters of the suffix that the service adds to a name to make an id. */
const ID_SUFFIX = '??????????';

/**
 * ARN pattern of a gateway that does not exist yet: its id is the lower-cased name and a suffix of ten characters. A name that is only
 * known when the stack is deployed cannot be lower-cased here: then all gateways of the account and Region.
 */
export function gatewayArnPattern(scope: Construct, gatewayName: string): string {
  if (Token.isUnresolved(gatewayName)) return allGatewaysArn(scope);
  return agentCoreArn(scope, 'gateway', `${gatewayName.toLowerCase()}-${ID_SUFFIX}`);
}

/** All gateways of the account and Region. */
export function allGatewaysArn(scope: Construct): string {
  return agentCoreArn(scope, 'gateway', '*');
}

/**
 * ARN patterns of a gateway's policy engines, which do not exist yet: without key, and with any key. While one is replaced by the
 * other, the roles work with both.
 */
export function policyEngineArnPatterns(scope: Construct, family: string): string[] {
  return policyEngineIdPatterns(family).map((id) => agentCoreArn(scope, 'policy-engine', id));
}

/** Their ids, likewise. */
export function policyEngineIdPatterns(family: string): string[] {
  const names = [family, engineNameOfKey(family, '?'.repeat(KEY_FINGERPRINT_LENGTH))];
  return names.map((name) => `${name}-${ID_SUFFIX}`);
}

/**
 * What the service checks when it attaches an engine to a gateway: the engine's path, with a slash in front, and below it the gateway's
 * ARN, encoded as in a URL. In no list of the service; source: refusals by `CheckAuthorizePermissions` that several projects quote.
 */
export function attachmentCheckArn(scope: Construct, policyEngineId: string): string {
  return Stack.of(scope).formatArn({
    service: 'bedrock-agentcore',
    resource: `/policy-engines/${policyEngineId}/target-resource/*`,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
}

/** Characters that tell a gateway's engines apart by their keys. */
export const KEY_FINGERPRINT_LENGTH = 8;

/** Name of an engine that is encrypted with a key. */
export function engineNameOfKey(family: string, fingerprint: string): string {
  return `${family}_${fingerprint}`;
}

function agentCoreArn(scope: Construct, resource: string, resourceName: string): string {
  const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
  return Stack.of(scope).formatArn({ service: 'bedrock-agentcore', resource, resourceName, arnFormat });
}
