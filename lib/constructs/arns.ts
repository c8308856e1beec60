import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Characters of the suffix that the service adds to a name to make an id. */
const ID_SUFFIX = '??????????';

/** ARN pattern of a gateway that does not exist yet: its id is the lower-cased name and a suffix of ten characters. */
export function gatewayArnPattern(scope: Construct, gatewayName: string): string {
  return agentCoreArn(scope, 'gateway', `${gatewayName.toLowerCase()}-${ID_SUFFIX}`);
}

/** ARN pattern of a policy engine that does not exist yet. */
export function policyEngineArnPattern(scope: Construct, engineName: string): string {
  return agentCoreArn(scope, 'policy-engine', `${engineName}-${ID_SUFFIX}`);
}

function agentCoreArn(scope: Construct, resource: string, resourceName: string): string {
  const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
  return Stack.of(scope).formatArn({ service: 'bedrock-agentcore', resource, resourceName, arnFormat });
}
