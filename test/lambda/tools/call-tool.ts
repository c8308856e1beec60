import type { Tool } from '../../../lambda/tool-kit/index';
import { toolHandlerWithLog } from '../../../lambda/tool-kit/tool-handler';

interface Answer {
  readonly error?: { readonly code: string; readonly message: string; readonly issues?: readonly unknown[] };
  readonly [member: string]: unknown;
}

/** Calls tools as the gateway does: the flat argument map as event, the tool's name in the client context. */
export function caller(target: string, tools: readonly Tool[]) {
  const logged: unknown[] = [];
  const keep = (entry: unknown): void => {
    logged.push(entry);
  };
  const handler = toolHandlerWithLog(tools, { info: keep, warn: keep, error: keep });
  const call = async (tool: string, args: object): Promise<Answer> =>
    (await handler(args, {
      awsRequestId: 'request-1',
      clientContext: { custom: { bedrockAgentCoreToolName: `${target}___${tool}` } },
      getRemainingTimeInMillis: () => 30_000,
    })) as Answer;
  return { call, logged };
}
