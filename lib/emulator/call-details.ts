import type { Claims } from '../contract/claims';
import type { JsonValue } from '../contract/json';
import type { StepTrace } from '../contract/step-trace';
import type { Explanation } from '../policy/decision/explain';

/** What one message looked like on its way. For the page alone: it holds what agents and tools sent, and is never logged. Holds no token. */
export interface CallDetails {
  /** Claims of the caller's token. */
  claims?: Claims;
  /** Arguments of the client's own message, or parameters of another method. */
  sent?: JsonValue;
  /** What each step of the interceptors did, in the order in which they ran. */
  readonly steps: { readonly request: StepTrace[]; readonly response: StepTrace[] };
  /** How the policies of that time took the call: thought out when somebody looks. */
  decided?: { readonly now: Date; readonly explanation: () => Explanation };
  /** The answer before the RESPONSE interceptor saw it. */
  answer?: JsonValue;
  /** The answer as the client got it. */
  received?: JsonValue;
}
