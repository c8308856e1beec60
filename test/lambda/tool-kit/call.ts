import type { Tool, ToolHandler } from '../../../lambda/tool-kit';
import { toolHandlerWithLog } from '../../../lambda/tool-kit/tool-handler';
import type { LogFields } from '../../../lambda/tool-kit/tool-log';

/** Calls a handler as the gateway would. */
export function call(handler: ToolHandler, toolName: string, event: unknown): Promise<unknown> {
  const custom = {
    bedrockAgentCoreMessageVersion: '1.0',
    bedrockAgentCoreAwsRequestId: 'request-1',
    bedrockAgentCoreMcpMessageId: '7',
    bedrockAgentCoreGatewayId: 'claims-a1b2c3d4e5',
    bedrockAgentCoreTargetId: 'AB12CD34EF',
    bedrockAgentCoreToolName: toolName,
  };
  return handler(event, { awsRequestId: 'lambda-1', clientContext: { custom } });
}

/** A handler, and the entries that it writes to its log. */
export function recordingLog(...tools: Tool[]): { handler: ToolHandler; entries: LogFields[] } {
  const entries: LogFields[] = [];
  const record = (level: string) => (entry: LogFields) => void entries.push({ level, ...entry });
  const handler = toolHandlerWithLog(tools, { info: record('info'), warn: record('warn'), error: record('error') });
  return { handler, entries };
}
