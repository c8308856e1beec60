import { type DeployedStack, requiredOutput } from '../deployed-stack';
import { interceptorGroups } from './interceptor-groups';
import { openGroups } from './log-groups';
import { mergeByTime } from './merge-by-time';

/** A question to the log lines of a deployed gateway. */
export interface DecisionLinesRequest {
  readonly since: Date;
  /** Ends the reading early, without an error. */
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** Where lines were looked for. */
export interface ReadGroups {
  readonly read: readonly string[];
  /** Log groups that do not exist: nothing delivers to them. */
  readonly missing: readonly string[];
}

/** Log group of all spans of an account, where Transaction Search is on. */
const SPANS = 'aws/spans';

/**
 * Reads everything that the log service has of a gateway's decisions, in the order of time: records of the interceptors, application logs where
 * the platform's default puts them, and spans. Throws `DECISIONS_UNREADABLE` when a log group cannot be read to its end: half of the lines would
 * look like all of them, and `VERIFY_CONTROL_PLANE_FAILED` when nobody says where the interceptors log.
 */
export async function readDecisionLines(stack: DeployedStack, request: DecisionLinesRequest): Promise<ReadGroups> {
  const gatewayId = requiredOutput(stack, 'GatewayId');
  const groups = [
    ...(await interceptorGroups(gatewayId, request.signal)).map((name) => ({
      name,
      pattern: '{ $.decisionRecord = 1 }',
    })),
    { name: `/aws/vendedlogs/bedrock-agentcore/gateway/APPLICATION_LOGS/${gatewayId}`, pattern: undefined },
    // Spans of all gateways are in one group.
    { name: SPANS, pattern: `"${gatewayId}"` },
  ];
  const missing: string[] = [];
  const streams = await openGroups(groups, request, (name) => missing.push(name));
  await mergeByTime(streams, ({ message }) => request.onLine(message), request.signal);
  const read = groups.map(({ name }) => name).filter((name) => !missing.includes(name));
  return { read, missing };
}
