import { type ControlPlaneCall, controlPlaneCall, ENFORCING_OPERATIONS } from '../contract/control-plane-call';
import { pages, type Send } from '../contract/drift/read-deployed';
import { isJsonObject, type JsonObject } from '../contract/json';

/** Calls that are looked up by their names: an account makes far more reads, and one lookup cannot leave these out. */
const OPERATIONS = ['CreateGateway', 'CreatePolicyEngine', 'UpdatePolicyEngine', ...ENFORCING_OPERATIONS];

/** A question to the event history of an account. */
export interface ControlPlaneCallsRequest {
  readonly since: Date;
  /** Ids of gateway and engine. */
  readonly resources: readonly string[];
  /** Ends the reading early. */
  readonly signal: AbortSignal;
  /** Told before each operation that is looked up. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Who changed a gateway, its targets, its engine and its policies, the last call first. CloudTrail keeps 90 days.
 * Throws what `send` throws: a part of the calls is no answer.
 * Source: AWS CloudTrail API reference, LookupEvents
 */
export async function readControlPlaneCalls(
  send: Send,
  { since, resources, signal, onProgress }: ControlPlaneCallsRequest,
): Promise<ControlPlaneCall[]> {
  const untilAborted: Send = (operation, input) => {
    signal.throwIfAborted();
    return send(operation, input);
  };
  const calls: ControlPlaneCall[] = [];
  for (const [index, AttributeValue] of OPERATIONS.entries()) {
    onProgress(index, OPERATIONS.length);
    const events = await pages(untilAborted, 'LookupEvents', 'Events', {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }],
      StartTime: since.toISOString(),
      MaxResults: 50,
    });
    for (const event of events) {
      const call = controlPlaneCall(recordOf(event), resources);
      if (call !== undefined) calls.push(call);
    }
  }
  return calls.sort((one, other) => (one.time < other.time ? 1 : -1));
}

/** The record itself; where that cannot be read, what the history says beside it. */
function recordOf({
  CloudTrailEvent,
  EventName,
  EventTime,
  EventSource,
  Username,
  ReadOnly,
  Resources,
}: JsonObject): JsonObject {
  const said = parsed(CloudTrailEvent);
  if (said !== undefined) return said;
  return {
    eventName: EventName ?? null,
    eventTime: EventTime ?? null,
    eventSource: EventSource ?? null,
    readOnly: ReadOnly === 'true',
    resources: Resources ?? null,
    userIdentity: { userName: Username ?? null },
  };
}

function parsed(text: unknown): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
