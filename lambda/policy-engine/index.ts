import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import type { Clock, HandlerDependencies } from './dependencies';
import * as handler from './handler';
import { readOwn } from './request/own';
import type { Progress, ResourceRequest, Started } from './request/request';
import * as rotation from './rotation';
import { jsonLog, logLevel } from './service/log';
import { proofSecret } from './service/proof-secret';
import { readObject } from './service/read-object';

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

const dependencies: HandlerDependencies = {
  // Retries and the time for an answer are made here, at the service's pace and with what is left of the tick.
  client: new BedrockAgentCoreControlClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 3_000 } }),
  clock,
  log: jsonLog((line) => process.stdout.write(`${line}\n`), logLevel(process.env['LOG_LEVEL'])),
  readObject,
  proofSecret: proofSecret(process.env['PROOF_SECRET_ARN']),
  own: readOwn(process.env),
};

/** The provider framework's onEvent. */
export function onEvent(request: ResourceRequest, context: handler.TickContext): Promise<Started> {
  return handler.onEvent(request, context, dependencies);
}

/** The provider framework's isComplete. */
export function isComplete(request: ResourceRequest, context: handler.TickContext): Promise<Progress> {
  return handler.isComplete(request, context, dependencies);
}

/** The rotation function of the secret with which interceptors prove themselves. */
export function rotate(event: rotation.RotationEvent, context: handler.TickContext): Promise<void> {
  return rotation.rotate(event, context, dependencies, process.env);
}
