import type { JsonObject, JsonValue } from '../json';
import { isIntrinsic, templateResolver } from '../template-values';

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
}

/** A template, as far as it is read. */
export interface Template {
  readonly Resources: { readonly [logicalId: string]: TemplateResource };
}

/** What CloudFormation knows of a stack that is deployed. */
export interface StackState {
  /** ARN. */
  readonly stackId: string;
  readonly stackName: string;
  readonly status: string;
  /** Physical ids by logical ids. */
  readonly resources: { readonly [logicalId: string]: string };
  readonly parameters: { readonly [name: string]: string };
  /** By the keys of the template. */
  readonly outputs: { readonly [key: string]: string };
}

/** Turns a property into what CloudFormation deployed for it. An intrinsic that only CloudFormation can resolve stays as it is. */
export type PropertyResolver = (value: JsonValue) => JsonValue;

/**
 * A resolver of the properties of a deployed template. CloudFormation tells physical ids and no attributes: those that follow from an id are
 * made here, and the others are not known.
 * @param policyEngineId of the gateway's own engine, which is an attribute too
 */
export function propertyResolver(template: Template, stack: StackState, policyEngineId: string): PropertyResolver {
  const unresolved = (): never => {
    throw new Unresolved();
  };
  const known = references(template, stack, policyEngineId);
  const resolveText = templateResolver({ lookUp: (reference) => known(reference) ?? unresolved(), unresolved });
  const resolve: PropertyResolver = (value) => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    if (!isIntrinsic(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
    }
    try {
      return resolveText(value);
    } catch (error) {
      if (error instanceof Unresolved) return value;
      throw error;
    }
  };
  return resolve;
}

class Unresolved extends Error {}

/** Partition, Region and account of an ARN. */
export function arnParts(arn: string): {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
} {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  return { partition, region, account };
}

function references(template: Template, stack: StackState, policyEngineId: string) {
  const { partition, region, account } = arnParts(stack.stackId);
  const pseudo: { readonly [name: string]: string } = {
    ...stack.parameters,
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::StackId': stack.stackId,
    'AWS::StackName': stack.stackName,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  const arn = (service: string, resource: string, where = region): string =>
    `arn:${partition}:${service}:${where}:${account}:${resource}`;
  /** Attributes by `<type>.<attribute>`, from the physical id and the resource's properties. */
  const attributes: { readonly [name: string]: (id: string, properties: JsonObject) => string | undefined } = {
    'AWS::BedrockAgentCore::Gateway.GatewayArn': (id) => arn('bedrock-agentcore', `gateway/${gatewayIdOf(id)}`),
    'AWS::BedrockAgentCore::Gateway.GatewayIdentifier': gatewayIdOf,
    'Custom::AgentCorePolicyEngine.PolicyEngineArn': () => arn('bedrock-agentcore', `policy-engine/${policyEngineId}`),
    'Custom::AgentCorePolicyEngine.PolicyEngineId': () => policyEngineId,
    'AWS::Lambda::Function.Arn': (id) => arn('lambda', `function:${id}`),
    'AWS::IAM::Role.Arn': (id, { Path = '/' }) =>
      typeof Path === 'string' ? arn('iam', `role${Path}${id}`, '') : undefined,
    'AWS::KMS::Key.Arn': (id) => arn('kms', `key/${id}`),
    'AWS::SecretsManager::Secret.Id': (id) => id,
    'AWS::S3::Bucket.Arn': (id) => `arn:${partition}:s3:::${id}`,
    'AWS::Cognito::UserPool.UserPoolId': (id) => id,
    'AWS::Cognito::UserPool.Arn': (id) => arn('cognito-idp', `userpool/${id}`),
    'AWS::Cognito::UserPool.ProviderURL': (id) => `https://cognito-idp.${region}.${pseudo['AWS::URLSuffix']}/${id}`,
    'AWS::Cognito::UserPoolClient.ClientId': (id) => id,
    // The last part of it is the id, behind the name and the scope.
    'AWS::WAFv2::WebACL.Arn': (id, { Scope }) => {
      const [name, aclId] = id.split('|');
      return Scope === 'REGIONAL' && aclId !== undefined ? arn('wafv2', `regional/webacl/${name}/${aclId}`) : undefined;
    },
  };
  return (reference: string): string | undefined => {
    const own = (values: { readonly [name: string]: string }): string | undefined =>
      Object.hasOwn(values, reference) ? values[reference] : undefined;
    const plain = own(pseudo) ?? own(stack.resources);
    if (plain !== undefined) return plain;
    const [logicalId = '', ...attribute] = reference.split('.');
    const resource = template.Resources[logicalId];
    const id = stack.resources[logicalId];
    if (resource === undefined || id === undefined) return undefined;
    return attributes[`${resource.Type}.${attribute.join('.')}`]?.(id, resource.Properties ?? {});
  };
}

/** Id of a gateway, whose physical id is that or the ARN. */
export function gatewayIdOf(physicalId: string): string {
  return physicalId.replace(/^.*[/|]/, '');
}
