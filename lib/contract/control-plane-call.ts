import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** Sources of events of the AgentCore control plane in CloudTrail. Which spelling operations on policies have, nobody has seen. */
export const CONTROL_PLANE_SOURCES = [
  'bedrock-agentcore.amazonaws.com',
  'bedrock-agentcore-control.amazonaws.com',
] as const;

/** Operations that can change what a gateway enforces, as the model of the API names them. */
export const ENFORCING_OPERATIONS = [
  'UpdateGateway',
  'DeleteGateway',
  'CreateGatewayTarget',
  'UpdateGatewayTarget',
  'DeleteGatewayTarget',
  'SynchronizeGatewayTargets',
  'CreatePolicy',
  'UpdatePolicy',
  'DeletePolicy',
  'DeletePolicyEngine',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
  'CreateGatewayRateLimit',
  'UpdateGatewayRateLimit',
  'DeleteGatewayRateLimit',
  'BatchPutGatewayRateLimits',
  'CreateGatewayRule',
  'UpdateGatewayRule',
  'DeleteGatewayRule',
] as const;

/** A call of the control plane that changed something, or tried to, as CloudTrail tells it. */
export interface ControlPlaneCall {
  /** UTC, ISO 8601. */
  readonly time: string;
  /** Such as `UpdateGateway`. */
  readonly operation: string;
  /** ARN or name of the caller; undefined where the event has none. */
  readonly caller: string | undefined;
  /** Address that the call came from, or the AWS service that made it. */
  readonly from: string | undefined;
  /** The changed thing, by the members that name it, such as `policyId`. */
  readonly subject: string | undefined;
  /** Mode of enforcement that the call sets. */
  readonly mode: string | undefined;
  /** Code of the error that the call ended with. @default - it was accepted */
  readonly error?: string;
}

const SOURCES: ReadonlySet<JsonValue | undefined> = new Set(CONTROL_PLANE_SOURCES);

/** Members of a request that name what it changes, the closest first. */
const SUBJECTS = ['policyId', 'targetId', 'rateLimitId', 'ruleId', 'name', 'gatewayIdentifier', 'policyEngineId'];

/**
 * The call that an event of CloudTrail is about; undefined for reads, for calls of other services, and for calls that name none of the resources:
 * gateway and engine by their ids. What is missing in the event is undefined in the call.
 * @param event the record, as parsed from `CloudTrailEvent` or from `detail` of an event on the bus
 */
export function controlPlaneCall(event: JsonObject, resources: readonly string[]): ControlPlaneCall | undefined {
  const { eventName, eventTime, readOnly, requestParameters, responseElements, userIdentity } = event;
  if (typeof eventName !== 'string' || readOnly === true || !SOURCES.has(event['eventSource'])) return undefined;
  const said = JSON.stringify([requestParameters, responseElements, event['resources']]);
  if (!resources.some((id) => said.includes(id))) return undefined;
  const request = isJsonObject(requestParameters) ? requestParameters : {};
  const response = isJsonObject(responseElements) ? responseElements : {};
  const engine = request['policyEngineConfiguration'];
  const identity = isJsonObject(userIdentity) ? userIdentity : {};
  const error = text(event['errorCode']);
  return {
    time: text(eventTime) ?? '',
    operation: eventName,
    caller:
      text(identity['arn']) ?? text(identity['userName']) ?? text(identity['invokedBy']) ?? text(identity['type']),
    from: text(event['sourceIPAddress']),
    subject: SUBJECTS.map((name) => text(request[name]) ?? text(response[name])).find((found) => found !== undefined),
    mode: isJsonObject(engine) ? text(engine['mode']) : undefined,
    ...(error === undefined ? {} : { error }),
  };
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
