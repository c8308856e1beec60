import type { Headers } from '../../contract/interceptor-payload';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { splitToolName } from '../../contract/tool-name';
import type { CallRecord } from '../call-record';
import { messageId } from '../mcp/message';
import { type Answer, GENERIC_ERROR_TEXT } from '../mcp/refusal';
import { resultAnswer } from '../mcp/results';
import type { StagedMessage } from '../mcp/staged-message';
import { reason } from '../observe/excerpt';
import type { ServingGateway } from '../serving-gateway';
import type { TargetResult } from '../targets/target';
import type { ToolInvocation } from './tool-invocation';

/** Stage 5: the tool itself. Its failure is a result, as on the platform, never an error of the protocol. */
export async function callTarget(
  invocation: ToolInvocation,
  staged: StagedMessage,
  gateway: ServingGateway,
  record: Pick<CallRecord, 'why'>,
): Promise<Answer> {
  const name = splitToolName(invocation.tool);
  const caller = gateway.targets.get(name?.target ?? '');
  const outcome: TargetResult =
    name === undefined || caller === undefined
      ? { kind: 'failure', detail: `no target for ${invocation.tool}` }
      : await caller.call({
          tool: invocation.tool,
          toolName: name.tool,
          input: invocation.input,
          messageId: messageId(staged.message),
          headers: passedHeaders(name.target, staged, gateway),
        });
  const cause =
    outcome.kind === 'failure' ? outcome.detail : outcome.kind === 'value' ? failureTold(outcome.value) : undefined;
  if (cause !== undefined) record.why = reason(cause);
  const result = toolResult(outcome, invocation.tool, gateway);
  const answer = resultAnswer(staged, result);
  return result['isError'] === true ? { ...answer, unsuccessful: true } : answer;
}

/** What a function of the tool kit says of its failure, which is a value like any other to the gateway. */
function failureTold(value: JsonValue): string | undefined {
  const error = isJsonObject(value) ? value['error'] : undefined;
  if (!isJsonObject(error) || typeof error['code'] !== 'string' || typeof error['requestId'] !== 'string')
    return undefined;
  const message = typeof error['message'] === 'string' ? error['message'] : '';
  return `the tool failed (${error['code']}): ${message} \`--explain\` shows what it logs`;
}

/**
 * The interceptor's `Authorization` always passes and the client's never does; other headers pass where the target allows them,
 * the interceptor's before the client's. Source: developer guide, page gateway-headers.
 */
function passedHeaders(target: string, staged: StagedMessage, gateway: ServingGateway): Headers {
  const allowed = gateway.manifest.targets.find(({ name }) => name === target)?.allowedRequestHeaders ?? [];
  const sent = { ...staged.headers, ...staged.added };
  const passed: Headers = {};
  for (const name of allowed.map((one) => one.toLowerCase())) {
    const value = name === 'authorization' ? undefined : sent[name];
    if (value !== undefined) passed[name] = value;
  }
  const authorization = staged.added['authorization'];
  return authorization === undefined ? passed : { ...passed, authorization };
}

function toolResult(outcome: TargetResult, tool: string, gateway: ServingGateway): JsonObject {
  switch (outcome.kind) {
    case 'tool-result':
      return outcome.result;
    case 'value':
      return resultOf(outcome.value, tool, gateway);
    case 'failure':
      return failureOf(outcome.detail, gateway);
  }
}

/** Any value becomes text. Source: seen on the service; what it does with `content` of a tool's own is unproven. */
function resultOf(value: JsonValue, tool: string, gateway: ServingGateway): JsonObject {
  if (gateway.switches.nativeContent && isJsonObject(value) && Array.isArray(value['content'])) return value;
  const result: JsonObject = { content: [{ type: 'text', text: JSON.stringify(value) }], isError: false };
  const structured = gateway.tools.get(tool)?.definition.outputSchema !== undefined && isJsonObject(value);
  return structured && gateway.switches.structuredContent ? { ...result, structuredContent: value } : result;
}

/** Source: developer guide, page gateway-debug-messages. */
function failureOf(detail: string, gateway: ServingGateway): JsonObject {
  if (gateway.manifest.gateway.exceptionLevel !== 'DEBUG') {
    return { content: [{ type: 'text', text: GENERIC_ERROR_TEXT }], isError: true };
  }
  const content = { type: 'text', text: detail };
  return { content: [content], isError: true, _meta: { debug: content } };
}
