import type { HttpMessages } from './http-messages';
import type { Interceptor } from './interceptor';
import type { InterceptionPoint, InterceptorStep } from './interceptor-step';
import type { SpoofResponse } from './spoof-response';
import type { TrustedField } from './trusted-field';

/** What a gateway's interceptors do, after defaults. */
export interface InterceptorOptions {
  readonly trustedContext: { readonly [field: string]: TrustedField };
  readonly onSpoof: SpoofResponse;
  /** Further steps, in the order of the request. */
  readonly steps: readonly InterceptorStep[];
  /** Chains of the team's own, in place of the bundled ones. */
  readonly chains: { readonly [point in InterceptionPoint]: Interceptor | undefined };
  readonly httpMessages: HttpMessages;
}
