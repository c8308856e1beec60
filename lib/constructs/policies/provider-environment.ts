import { Aws, type CfnCustomResource, type CustomResource, Lazy, Stack } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Construct } from 'constructs';
import type { PolicyEngineEnvironment } from '../../contract/policy-engine-environment';
import type { LateAsset } from '../functions/late-asset';
import { gatewayArnPattern, policyEngineIdPatterns } from '../names/arns';
import { ownerOf } from '../names/owner';

export interface ServedResources {
  readonly existingEngine: agentcore.IPolicyEngine | undefined;
  readonly engineFamily: string;
  readonly gatewayName: string;
  readonly document: LateAsset;
  /** The custom resources, which are made later. */
  readonly engineResource: () => CustomResource | undefined;
  readonly setResource: () => CustomResource | undefined;
}

/**
 * What the provider's functions serve, whoever asks them to. The ids of engine and gateway are patterns: neither exists before the functions.
 */
export function providerEnvironment(scope: Construct, served: ServedResources): PolicyEngineEnvironment {
  const { existingEngine, engineFamily, gatewayName, document, engineResource, setResource } = served;
  return {
    STACK_ID: Aws.STACK_ID,
    ENGINE_LOGICAL_ID: existingEngine === undefined ? logicalId(engineResource) : '',
    SET_LOGICAL_ID: logicalId(setResource),
    ENGINE_IDS: existingEngine?.policyEngineId ?? policyEngineIdPatterns(engineFamily).join(','),
    OWNS_ENGINE: existingEngine === undefined ? 'true' : 'false',
    GATEWAY_ARN: gatewayArnPattern(scope, gatewayName),
    OWNER: ownerOf(scope),
    DOCUMENT_BUCKET: document.bucketName,
    DOCUMENT_PREFIX: document.objectKeyPrefix,
  };
}

function logicalId(resource: () => CustomResource | undefined): string {
  return Lazy.string({
    produce: () => {
      const made = resource()?.node.defaultChild as CfnCustomResource | undefined;
      return made === undefined ? '' : Stack.of(made).getLogicalId(made);
    },
  });
}
