import { awsClient, type DeployedStack, requiredOutput } from '../deployed-stack';
import { openGroups } from './log-groups';
import { mergeByTime } from './merge-by-time';

/** What is asked of the lines of a deployed gateway. */
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
 * look like all of them.
 */
export async function readDecisionLines(stack: DeployedStack, request: DecisionLinesRequest): Promise<ReadGroups> {
  const gatewayId = requiredOutput(stack, 'GatewayId');
  const groups = [
    ...(await interceptorGroups(gatewayId)).map((name) => ({ name, pattern: '{ $.decisionRecord = 1 }' })),
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

/** Log groups of the functions that the gateway calls. */
async function interceptorGroups(gatewayIdentifier: string): Promise<string[]> {
  const { BedrockAgentCoreControlClient, GetGatewayCommand } = await awsClient(
    '@aws-sdk/client-bedrock-agentcore-control',
    () => import('@aws-sdk/client-bedrock-agentcore-control'),
  );
  const { GetFunctionConfigurationCommand, LambdaClient } = await awsClient(
    '@aws-sdk/client-lambda',
    () => import('@aws-sdk/client-lambda'),
  );
  const gateway = await new BedrockAgentCoreControlClient({}).send(new GetGatewayCommand({ gatewayIdentifier }));
  const client = new LambdaClient({});
  const names = new Set<string>();
  for (const { interceptor } of gateway.interceptorConfigurations ?? []) {
    const FunctionName = interceptor?.lambda?.arn;
    if (FunctionName === undefined) continue;
    const { LoggingConfig } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    if (LoggingConfig?.LogGroup !== undefined) names.add(LoggingConfig.LogGroup);
  }
  return [...names];
}
