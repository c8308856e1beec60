import { GovernanceError } from '../../diagnostics/governance-error';
import { awsClient } from '../deployed-stack';

/** Log groups of the functions that a gateway calls. None once somebody has aborted. Throws `VERIFY_CONTROL_PLANE_FAILED`. */
export async function interceptorGroups(gatewayIdentifier: string, signal: AbortSignal): Promise<string[]> {
  const { BedrockAgentCoreControlClient, GetGatewayCommand } = await awsClient(
    '@aws-sdk/client-bedrock-agentcore-control',
    () => import('@aws-sdk/client-bedrock-agentcore-control'),
  );
  const control = new BedrockAgentCoreControlClient({});
  try {
    const command = new GetGatewayCommand({ gatewayIdentifier });
    const { interceptorConfigurations = [] } = await control.send(command, { abortSignal: signal });
    const arns = interceptorConfigurations.flatMap(({ interceptor }) => interceptor?.lambda?.arn ?? []);
    const names: string[] = [];
    for (const arn of new Set(arns)) names.push(await groupOf(arn, signal));
    return [...new Set(names)];
  } catch (error) {
    if (signal.aborted) return [];
    if (GovernanceError.is(error)) throw error;
    throw unanswered('GetGateway', error);
  }
}

/** Where a function logs. Of one that is gone, where it did unless it was told otherwise: its lines outlive it. */
async function groupOf(FunctionName: string, signal: AbortSignal): Promise<string> {
  const { GetFunctionConfigurationCommand, LambdaClient } = await awsClient(
    '@aws-sdk/client-lambda',
    () => import('@aws-sdk/client-lambda'),
  );
  const usual = `/aws/lambda/${FunctionName.split(':')[6] ?? FunctionName}`;
  try {
    const command = new GetFunctionConfigurationCommand({ FunctionName });
    const { LoggingConfig } = await new LambdaClient({}).send(command, { abortSignal: signal });
    return LoggingConfig?.LogGroup ?? usual;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return usual;
    throw signal.aborted ? error : unanswered('GetFunctionConfiguration', error);
  }
}

function unanswered(operation: string, error: unknown): GovernanceError {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return GovernanceError.of('VERIFY_CONTROL_PLANE_FAILED', { operation, reason });
}
