import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Characters of the suffix that the service adds to a name to make an id. */
const ID_SUFFIX = '??????????';

/** ARN pattern of a gateway that does not exist yet: its id is the lower-cased name and a suffix of ten characters. */
export function gatewayArnPattern(scope: Construct, gatewayName: string): string {
  return agentCoreArn(scope, 'gateway', `${gatewayName.toLowerCase()}-${ID_SUFFIX}`);
}

/**
 * ARN patterns of a gateway's policy engines, which do not exist yet: without key, and with any key. While one is replaced by the
 * other, the roles work with both.
 */
export function policyEngineArnPatterns(scope: Construct, family: string): string[] {
  const names = [family, engineNameOfKey(family, '?'.repeat(KEY_FINGERPRINT_LENGTH))];
  return names.map((name) => agentCoreArn(scope, 'policy-engine', `${name}-${ID_SUFFIX}`));
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
