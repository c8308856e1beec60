import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { DesiredPolicy } from '../policy-set-document';
import { isIntrinsic } from '../template-values';
import { toApiNames } from './api-names';
import {
  arnParts,
  gatewayIdOf,
  type PropertyResolver,
  propertyResolver,
  type StackState,
  type Template,
} from './stack';
import { textMember } from './text-member';

/** What an app declares of one gateway, with the values of its deployment, in the members of the control plane. */
export interface DeclaredGateway {
  readonly gatewayArn: string;
  readonly gateway: JsonObject;
  readonly targets: readonly JsonObject[];
  readonly rateLimits: readonly JsonObject[];
  /** ARN, or an intrinsic; absent where none is declared. */
  readonly webAclArn?: JsonValue;
  readonly policies: readonly DesiredPolicy[];
  /** Whether the gateway's engine is made by its own app, so that every policy in it counts. */
  readonly ownsEngine: boolean;
}

export interface DeclarationSources {
  readonly template: Template;
  readonly stack: StackState;
  /** Logical id of the gateway. */
  readonly logicalId: string;
  readonly policyEngineId: string;
  readonly policies: readonly DesiredPolicy[];
}

/** The declaration of a gateway, from its template and what CloudFormation made of it. Undefined when the stack has no such gateway. */
export function declaredGateway(sources: DeclarationSources): DeclaredGateway | undefined {
  const { template, stack, logicalId, policyEngineId, policies } = sources;
  const physicalId = stack.resources[logicalId];
  const resource = template.Resources[logicalId];
  if (physicalId === undefined || resource === undefined) return undefined;
  const resolve = propertyResolver(template, stack, policyEngineId);
  const gatewayId = gatewayIdOf(physicalId);
  const { partition, region, account } = arnParts(stack.stackId);
  const gatewayArn = `arn:${partition}:bedrock-agentcore:${region}:${account}:gateway/${gatewayId}`;
  const { Tags: _, ...properties } = resource.Properties ?? {};
  const names: readonly string[] = [gatewayId, gatewayArn];
  const ofGateway = (type: string, member: string): JsonObject[] =>
    resolved(template, type, resolve).filter((one) => names.includes(textMember(one, member)));
  const webAcl = ofGateway('AWS::WAFv2::WebACLAssociation', 'resourceArn')[0];
  const engine = JSON.stringify(properties['PolicyEngineConfiguration'] ?? null);
  const ownsEngine = Object.entries(template.Resources).some(
    ([id, { Type }]) => Type === 'Custom::AgentCorePolicyEngine' && engine.includes(JSON.stringify(id)),
  );
  return {
    gatewayArn,
    gateway: withEngine(
      toApiNames(resolve(properties)) as JsonObject,
      `arn:${partition}:bedrock-agentcore:${region}:${account}:policy-engine/${policyEngineId}`,
    ),
    targets: ofGateway('AWS::BedrockAgentCore::GatewayTarget', 'gatewayIdentifier').map(withoutParent),
    rateLimits: ofGateway('AWS::BedrockAgentCore::GatewayRateLimit', 'gatewayIdentifier').map(withoutParent),
    ...(webAcl?.['webACLArn'] !== undefined && { webAclArn: webAcl['webACLArn'] }),
    policies,
    ownsEngine,
  };
}

/** An engine of another stack is named by what only CloudFormation resolves; by its id it is known all the same. */
function withEngine(gateway: JsonObject, arn: string): JsonObject {
  const engine = gateway['policyEngineConfiguration'];
  if (!isJsonObject(engine) || !isIntrinsic(engine['arn'])) return gateway;
  return { ...gateway, policyEngineConfiguration: { ...engine, arn } };
}

/** Properties of all resources of a type, by the names of the control plane. */
function resolved(template: Template, type: string, resolve: PropertyResolver): JsonObject[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties = {} }) => toApiNames(resolve(Properties)))
    .filter(isJsonObject);
}

function withoutParent(target: JsonObject): JsonObject {
  const { gatewayIdentifier: _, ...properties } = target;
  return properties;
}
