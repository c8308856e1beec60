import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { failure } from '../messages/messages';
import { assertOwnEngine, type Own } from '../request/own';
import { text } from '../request/request';

/** Properties of a policy set. */
export interface SetProperties {
  readonly engineId: string;
  readonly gatewayIdentifier: string;
  readonly gatewayArn: string;
  readonly gatewayMode: string;
  /** Of the document. */
  readonly key: string;
  readonly hash: string;
  readonly prune: boolean;
  /** Names of the policies whose ids are asked for. */
  readonly idsOf: readonly string[];
}

/** Reads properties. Throws when one is missing, or names an engine or a gateway that is not the functions' own. */
export function parseSet(properties: JsonObject, own: Own): SetProperties {
  const engineId = text(properties, 'PolicyEngineId');
  assertOwnEngine(own, engineId);
  const gatewayIdentifier = text(properties, 'GatewayIdentifier');
  const gatewayArn = text(properties, 'GatewayArn');
  if (!own.isGateway(gatewayArn) || !gatewayArn.endsWith(`/${gatewayIdentifier}`)) {
    throw failure('GATEWAY_FOREIGN', { gateway: gatewayArn });
  }
  return {
    engineId,
    gatewayIdentifier,
    gatewayArn,
    gatewayMode: text(properties, 'GatewayMode'),
    key: text(properties, 'DocumentKey'),
    hash: text(properties, 'DocumentHash'),
    prune: properties['Prune'] !== 'false',
    idsOf: names(properties['PolicyIdsOf']),
  };
}

function names(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
