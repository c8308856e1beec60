import { isDeepStrictEqual } from 'node:util';
import { type DeclaredGateway, declaredGateway } from '../../contract/drift/declared-gateway';
import { localStack } from '../../contract/drift/local-stack';
import { textMember } from '../../contract/drift/text-member';
import { gatewayUpdate } from '../../contract/gateway-update';
import { isJsonObject, type JsonObject } from '../../contract/json';
import { LOCAL_ENGINE_ARN, LOCAL_ENGINE_ID, LOCAL_GATEWAY_ARN, LOCAL_GATEWAY_ID } from '../../contract/local-arn';
import { MCP_PATH } from '../http/paths';
import { invalid, notFound } from './api-error';
import type { ControlPlane } from './control-plane';

/** The gateway as its template declares it, in the mode in which it serves. */
export function getGateway(plane: ControlPlane): JsonObject {
  const { gateway } = plane.application();
  const { name, mode } = gateway.manifest.gateway;
  const time = plane.clock().toISOString();
  return {
    protocolType: 'MCP',
    authorizerType: 'NONE',
    roleArn: 'arn:aws:iam::000000000000:role/local',
    ...declared(plane)?.gateway,
    name,
    gatewayId: LOCAL_GATEWAY_ID,
    gatewayArn: LOCAL_GATEWAY_ARN,
    gatewayUrl: `${gateway.baseUrl}${MCP_PATH}`,
    policyEngineConfiguration: { arn: LOCAL_ENGINE_ARN, mode },
    status: 'READY',
    statusReasons: [],
    createdAt: time,
    updatedAt: time,
  };
}

/**
 * Switches the mode. An update replaces the whole gateway, and the emulator can follow in nothing else: an update that changes another member,
 * or leaves one out, is refused.
 */
export function updateGateway(plane: ControlPlane, input: JsonObject): JsonObject {
  const engine = input['policyEngineConfiguration'];
  const mode = isJsonObject(engine) ? engine['mode'] : undefined;
  if (mode !== 'ENFORCE' && mode !== 'LOG_ONLY') throw invalid('policyEngineConfiguration has no mode');
  const [before, after] = [getGateway(plane), { ...input, gatewayId: LOCAL_GATEWAY_ID }].map((one) =>
    gatewayUpdate(one, { policyEngineConfiguration: null }),
  );
  const changed = Object.keys({ ...before, ...after }).filter((key) => !isDeepStrictEqual(before?.[key], after?.[key]));
  if (changed.length > 0 || (isJsonObject(engine) && engine['arn'] !== LOCAL_ENGINE_ARN)) {
    const what = changed.length > 0 ? changed.join(', ') : 'the policy engine';
    throw invalid(`the emulator follows changes of the mode alone, and this one changes ${what}`);
  }
  plane.changes.setMode(plane.application().manifest.gateway.mode, mode);
  plane.serve();
  return { ...getGateway(plane), status: 'UPDATING' };
}

export function listTargets(plane: ControlPlane): JsonObject[] {
  return (declared(plane)?.targets ?? []).map((target) => ({
    ...target,
    gatewayArn: LOCAL_GATEWAY_ARN,
    targetId: textMember(target, 'name'),
    status: 'READY',
  }));
}

export function getTarget(plane: ControlPlane, targetId: string): JsonObject {
  const target = listTargets(plane).find((one) => one['targetId'] === targetId);
  if (target === undefined) throw notFound(`target ${targetId}`);
  return target;
}

export function listRateLimits(plane: ControlPlane): readonly JsonObject[] {
  return declared(plane)?.rateLimits ?? [];
}

function declared(plane: ControlPlane): DeclaredGateway | undefined {
  const template = plane.template();
  if (template === undefined) return undefined;
  const { manifest } = plane.application();
  return declaredGateway({
    template,
    stack: localStack(template, manifest),
    logicalId: manifest.gateway.logicalId,
    policyEngineId: LOCAL_ENGINE_ID,
    policies: [],
  });
}
