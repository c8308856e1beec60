import { LIMITS } from '../../lib/contract/limits';
import type { Tool } from './define-tool';
import { describeError } from './describe-error';
import { parseArguments } from './parse-arguments';
import type { ToolContext } from './tool-context';
import { ToolError } from './tool-error';
import { failure, type ToolFailure } from './tool-result';

/** A call of a tool that exists. */
export interface ToolRun {
  readonly tool: Tool;
  readonly event: unknown;
  readonly context: Omit<ToolContext<unknown>, 'trusted'>;
}

/** Checks the arguments, runs the tool, checks its result. Never throws: whatever goes wrong becomes a failure without internals. */
export async function runTool(call: ToolRun): Promise<unknown> {
  const { tool, event, context } = call;
  const { log, requestId } = context;
  try {
    const parsed = await parseArguments(tool, event);
    if (parsed.ok) return await runHandler(call, parsed.input, parsed.trusted);
    if (parsed.reason === 'untrusted') {
      log.warn('call denied: trusted fields are missing or malformed', { fields: parsed.fields });
      return failure('DENIED', requestId);
    }
    log.warn('call refused: arguments do not match', { paths: parsed.issues.map((issue) => issue.path) });
    return failure('INVALID_ARGUMENTS', requestId, parsed.issues);
  } catch (error) {
    log.error('tool failed', describeError(error, event));
    return failure('FAILED', requestId);
  }
}

async function runHandler(call: ToolRun, input: unknown, trusted: unknown): Promise<unknown> {
  const { tool, context } = call;
  try {
    return checked(call, await tool.handler(input, { ...context, trusted }));
  } catch (error) {
    if (!ToolError.is(error)) throw error;
    context.log.warn('tool refused', { code: error.code });
    return { error: { code: error.code, message: error.message, requestId: context.requestId } } satisfies ToolFailure;
  }
}

/** The result as the gateway may have it: of the declared shape, JSON, and within the platform's payload. */
async function checked(call: ToolRun, value: unknown): Promise<unknown> {
  const { log, requestId } = call.context;
  const output = call.tool.output
    ? await call.tool.output.safeParseAsync(value)
    : { success: true as const, data: value };
  if (!output.success) {
    log.error('result does not match the output schema', {
      paths: output.error.issues.map(({ path }) => path.join('.')),
    });
    return failure('FAILED', requestId);
  }
  const result = output.data ?? null;
  const bytes = Buffer.byteLength(JSON.stringify(result) ?? 'null', 'utf8');
  if (bytes <= LIMITS.payloadMaxBytes) return result;
  log.error('result too large', { bytes, maxBytes: LIMITS.payloadMaxBytes });
  return failure('RESULT_TOO_LARGE', requestId);
}
