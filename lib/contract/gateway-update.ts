import type { JsonObject } from './json';

/** Members of GetGateway that an app declares, but for its interceptors. The others the service makes up. */
export const GATEWAY_MEMBERS = [
  'name',
  'description',
  'roleArn',
  'protocolType',
  'protocolConfiguration',
  'authorizerType',
  'authorizerConfiguration',
  'kmsKeyArn',
  'policyEngineConfiguration',
  'exceptionLevel',
  'customTransformConfiguration',
  'wafConfiguration',
] as const;

/** Members of UpdateGateway beside the id, as the model of the API has them: all that says what a gateway is. */
export const UPDATE_MEMBERS = [...GATEWAY_MEMBERS, 'interceptorConfigurations'] as const;

/** Members of GetGatewayTarget that an app declares. */
export const TARGET_MEMBERS = [
  'description',
  'targetConfiguration',
  'credentialProviderConfigurations',
  'metadataConfiguration',
  'privateEndpoint',
  'certificateConfigurations',
] as const;

/**
 * The input of an UpdateGateway that changes some members and keeps all others: the operation replaces everything, and takes away what it is
 * not given.
 * @param gateway the answer of GetGateway, read just before
 * @param changes members with their new values; `null` takes one away
 */
export function gatewayUpdate(gateway: JsonObject, changes: JsonObject): JsonObject {
  const members = UPDATE_MEMBERS.flatMap((member) => {
    const value = Object.hasOwn(changes, member) ? changes[member] : gateway[member];
    return value === undefined || value === null ? [] : [[member, value] as const];
  });
  return { gatewayIdentifier: gateway['gatewayId'] ?? null, ...Object.fromEntries(members) };
}
