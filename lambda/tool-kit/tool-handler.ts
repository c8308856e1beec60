import { withoutProofArgument } from '../../lib/contract/interceptor-proof';
import { isJsonObject, type JsonObject } from '../../lib/contract/json';
import type { LambdaTargetContext } from '../../lib/contract/lambda-target';
import type { DeclaredTool } from '../../lib/contract/published-schema';
import { splitToolName } from '../../lib/contract/tool-name';
import { declaredTools } from './declared-tools';
import type { Tool } from './define-tool';
import { runTool } from './run-tool';
import type { LambdaContext } from './tool-context';
import { type LogSink, toolLog } from './tool-log';
import { failure } from './tool-result';

/** The handler of a Lambda target's function. */
export interface ToolHandler {
  (event: unknown, context: LambdaContext): Promise<unknown>;
  /** The tools of the handler, which synth reads from the bundle. */
  readonly tools: readonly DeclaredTool[];
}

/**
 * The Lambda handler of some tools: `export const handler = toolHandler(getClaim, queryClaims)`.
 *
 * It finds the tool by the name that the gateway sends, checks arguments and trusted fields, and answers every failure in one shape,
 * `{ error: { code, message, requestId } }`, without internals.
 *
 * @example
 * export const handler = toolHandler(
 *   defineTool({
 *     name: 'read_note',
 *     description: 'Reads one note',
 *     input: z.object({ title: z.string() }),
 *     handler: ({ title }) => ({ title, text: 'Hello from a governed tool' }),
 *   }),
 * );
 */
export function toolHandler(...tools: Tool[]): ToolHandler {
  return toolHandlerWithLog(tools, console);
}

/** {@link toolHandler} with the log's destination as an edge. */
export function toolHandlerWithLog(tools: readonly Tool[], sink: LogSink): ToolHandler {
  if (tools.some((tool) => Array.isArray(tool))) {
    throw new TypeError('`toolHandler` takes tools one by one: write `toolHandler(...tools)`');
  }
  const byName = new Map(tools.map((tool) => [tool.name, tool]));

  const handle = async (received: unknown, lambda: LambdaContext): Promise<unknown> => {
    // Before anything else, so that no message or log can quote it.
    const event = isJsonObject(received) ? withoutProofArgument(received) : received;
    const call = callOf(lambda);
    const log = toolLog(sink, { tool: call.toolName, requestId: call.requestId, messageId: call.messageId });
    const tool = byName.get(call.toolName);
    if (!tool) {
      log.warn('call refused: unknown tool');
      return failure('UNKNOWN_TOOL', call.requestId);
    }
    const remainingTime = (): number => lambda.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
    const { toolName, gatewayId, targetId, requestId } = call;
    return runTool({ tool, event, context: { toolName, gatewayId, targetId, requestId, log, remainingTime } });
  };

  return Object.defineProperty(handle, 'tools', { enumerable: true, get: () => declaredTools(tools) }) as ToolHandler;
}

/** Who calls what, from the client context that the gateway sets. Without one there is no tool name, so no tool. */
function callOf(lambda: LambdaContext) {
  const client = isJsonObject(lambda.clientContext) ? lambda.clientContext : {};
  const custom: JsonObject = isJsonObject(client['custom']) ? client['custom'] : {};
  const text = (key: keyof LambdaTargetContext): string => {
    const value = custom[key];
    return typeof value === 'string' ? value : '';
  };
  return {
    toolName: splitToolName(text('bedrockAgentCoreToolName'))?.tool ?? '',
    gatewayId: text('bedrockAgentCoreGatewayId'),
    targetId: text('bedrockAgentCoreTargetId'),
    requestId: text('bedrockAgentCoreAwsRequestId') || (lambda.awsRequestId ?? ''),
    messageId: text('bedrockAgentCoreMcpMessageId'),
  };
}
