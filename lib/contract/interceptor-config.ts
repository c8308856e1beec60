import type { JsonObject } from './json';
import type { OnSpoof, TrustedField } from './trusted-context';

/** Name of the file beside an interceptor's bundle that holds its {@link InterceptorConfig}. */
export const INTERCEPTOR_CONFIG_FILE = 'config.json';

/** Fills trusted fields, and hides them from the agent. */
export interface TrustedContextStepConfig {
  readonly step: 'trusted-context';
  readonly fields: readonly TrustedField[];
  readonly onSpoof: OnSpoof;
}

/** A step that the construct configures. Each built-in step adds its own member. */
export type StepConfig = TrustedContextStepConfig;

/** What the construct tells the interceptor functions, as a file in their asset. Holds no secret and no token. */
export interface InterceptorConfig {
  readonly version: 1;
  /** How the gateway authorizes callers. Only a JWT gateway has bearer tokens. */
  readonly authorization: 'jwt' | 'iam' | 'none';
  /** Steps in the order of the request; the RESPONSE interceptor runs them in reverse. */
  readonly steps: readonly StepConfig[];
  /** Argument schemas by full tool name, trusted fields included. */
  readonly inputSchemas: { readonly [tool: string]: JsonObject };
}
