import { createHash, randomUUID } from 'node:crypto';
import type { Headers } from '../../contract/interceptor-payload';
import type { JsonObject } from '../../contract/json';
import type { LambdaTargetContext } from '../../contract/lambda-target';
import { LOCAL_GATEWAY_ID } from '../../contract/local-arn';
import { FunctionFailure } from '../functions/failure';
import type { LocalFunction } from '../functions/local-function';
import type { TargetCall, TargetCaller, TargetResult } from './target';

/** Id of the local gateway, the last part of its ARN. */

/** Calls a function as the gateway does: flat arguments as the event, everything else in the client context. */
export function lambdaTarget(targetName: string, tool: LocalFunction): TargetCaller {
  const targetId = createHash('sha256').update(targetName).digest('hex').slice(0, 10).toUpperCase();
  return {
    async call(call: TargetCall): Promise<TargetResult> {
      const custom: LambdaTargetContext = {
        bedrockAgentCoreMessageVersion: '1.0',
        bedrockAgentCoreAwsRequestId: randomUUID(),
        bedrockAgentCoreMcpMessageId: String(call.messageId),
        bedrockAgentCoreGatewayId: LOCAL_GATEWAY_ID,
        bedrockAgentCoreTargetId: targetId,
        bedrockAgentCoreToolName: call.tool,
      };
      try {
        const context = { client: null, custom: { ...custom, ...propagated(call.headers) }, env: null };
        return { kind: 'value', value: await tool.invoke(call.input, context) };
      } catch (error) {
        if (!(error instanceof FunctionFailure)) throw error;
        return { kind: 'failure', detail: `the function failed (${error.kind}): ${error.message}` };
      }
    },
  };
}

/** Seen on the service: a member of its own when any header passes. */
function propagated(headers: Headers): JsonObject {
  return Object.keys(headers).length === 0 ? {} : { bedrockAgentCorePropagatedHeaders: headers };
}
