import { interceptorEvent } from '../contract/interceptor-payload';
import { isJsonObject, type JsonObject } from '../contract/json';
import { awsClient, type DeployedStack, requiredOutput } from './deployed-stack';
import type { GatewayCheck } from './gateway-check';

/** Invokes the deployed REQUEST interceptors directly: a discovery without token must pass, a call of a tool without token must not. */
export async function checkInterceptors(stack: DeployedStack): Promise<GatewayCheck[]> {
  const { BedrockAgentCoreControlClient, GetGatewayCommand } = await awsClient(
    '@aws-sdk/client-bedrock-agentcore-control',
    () => import('@aws-sdk/client-bedrock-agentcore-control'),
  );
  const gatewayIdentifier = requiredOutput(stack, 'GatewayId');
  const gateway = await new BedrockAgentCoreControlClient({}).send(new GetGatewayCommand({ gatewayIdentifier }));
  const configured = (gateway.interceptorConfigurations ?? []).filter((one) =>
    one.interceptionPoints?.some((point) => String(point) === 'REQUEST'),
  );
  const checks: GatewayCheck[] = [];
  for (const { interceptor } of configured) {
    const arn = interceptor?.lambda?.arn;
    if (arn === undefined) continue;
    const discovery = await invoke(arn, { jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const call = await invoke(arn, { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'verify___none' } });
    checks.push(
      { name: 'interceptor lets discovery without token through', ...verdict(discovery, 'transformedGatewayRequest') },
      { name: 'interceptor refuses a call without token', ...verdict(call, 'transformedGatewayResponse') },
    );
  }
  return checks;
}

async function invoke(arn: string, body: JsonObject): Promise<JsonObject> {
  const { InvokeCommand, LambdaClient } = await awsClient(
    '@aws-sdk/client-lambda',
    () => import('@aws-sdk/client-lambda'),
  );
  const { FunctionError, Payload } = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: arn, Payload: JSON.stringify(interceptorEvent(body, {})) }),
  );
  if (FunctionError !== undefined) return { failed: FunctionError };
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
  return isJsonObject(answer) && isJsonObject(answer['mcp']) ? answer['mcp'] : {};
}

function verdict(mcp: JsonObject, expected: string): { ok: boolean; detail: string } {
  const members = Object.keys(mcp);
  return { ok: members.includes(expected) && members.length === 1, detail: members.join(', ') || 'an empty answer' };
}
