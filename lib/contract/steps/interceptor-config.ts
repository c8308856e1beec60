import { isJsonObject, type JsonObject } from '../json';
import type { StepConfig } from './step-configs';

/** Name of the file beside an interceptor's bundle that holds its {@link InterceptorConfig}. */
export const INTERCEPTOR_CONFIG_FILE = 'config.json';

/** What the construct tells the interceptor functions, as a file in their asset. Holds no secret and no token. */
export interface InterceptorConfig {
  readonly version: 1;
  /** How the gateway authorizes callers. Only a JWT gateway has bearer tokens. */
  readonly authorization: 'jwt' | 'iam' | 'none';
  /** Steps in the order of the request; the RESPONSE interceptor runs them in reverse. */
  readonly steps: readonly StepConfig[];
  /** Argument schemas by full tool name, trusted fields included. */
  readonly inputSchemas: { readonly [tool: string]: JsonObject };
  /**
   * What happens to messages of HTTP targets, and to the outgoing calls of OpenAPI targets that one project saw, which no step can judge.
   *
   * @default 'refuse'
   */
  readonly httpMessages?: 'refuse' | 'pass';
  /** Names of members that no log line may show, beside those that sound secret. @default - none */
  readonly redactedLogFields?: readonly string[];
}

/** Shape check of an unknown value, as far as the handler itself must rely on it; each step checks its own part. */
export function isInterceptorConfig(value: unknown): value is InterceptorConfig {
  return (
    isJsonObject(value) &&
    value['version'] === 1 &&
    ['jwt', 'iam', 'none'].includes(value['authorization'] as string) &&
    isJsonObject(value['inputSchemas']) &&
    Array.isArray(value['steps']) &&
    value['steps'].every((step) => isJsonObject(step) && typeof step['step'] === 'string')
  );
}
