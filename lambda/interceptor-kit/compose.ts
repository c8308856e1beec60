import type { DeclaredChain } from '../../lib/contract/steps/declared-step';
import { readConfig } from './chain/config';
import { createHandler, type InterceptorHandler } from './chain/handler';
import { interceptRequest } from './chain/intercept-request';
import { interceptResponse } from './chain/intercept-response';
import type { InterceptionPoint, Step } from './chain/step';
import { builtInSteps } from './steps/built-in';

/** Whether the bundle asked for the configured steps by the time it makes its handler. */
let takesConfiguredSteps = false;

/** The handler of a chain. */
export interface ChainHandler extends InterceptorHandler {
  /** The chain as synth reads it from the bundle. */
  readonly chain: DeclaredChain;
}

/** Read at cold start, from the folder of the bundle that this file is part of; a bundle of ECMAScript modules is in the task's root. */
const config = readConfig(typeof __dirname === 'string' ? __dirname : (process.env['LAMBDA_TASK_ROOT'] ?? ''));

/**
 * The handler of a REQUEST interceptor. Steps run in this order; a denial ends the message.
 *
 * @example
 * export const handler = requestInterceptor(...configuredSteps());
 */
export function requestInterceptor(...steps: readonly Step[]): ChainHandler {
  return declaring('REQUEST', steps, createHandler(interceptRequest, steps, { config }));
}

/**
 * The handler of a RESPONSE interceptor: steps run in reverse order, so that the same list serves both points.
 *
 * @example
 * export const handler = responseInterceptor(...configuredSteps());
 */
export function responseInterceptor(...steps: readonly Step[]): ChainHandler {
  return declaring('RESPONSE', steps, createHandler(interceptResponse, steps, { config }));
}

/**
 * The steps that the gateway's construct configured, for a chain that adds its own around them.
 *
 * @example
 * const closed: Step = { name: 'closed', request: () => deny('closed') };
 * export const handler = requestInterceptor(...configuredSteps(), closed);
 */
export function configuredSteps(): Step[] {
  takesConfiguredSteps = true;
  return builtInSteps(config);
}

function declaring(point: InterceptionPoint, steps: readonly Step[], handler: InterceptorHandler): ChainHandler {
  const declared = steps.map((step) => ({
    name: step?.name,
    ...(step?.tools === undefined ? {} : { tools: step.tools }),
  }));
  return Object.assign(handler, { chain: { point, steps: declared, takesConfiguredSteps } });
}
