import type { GatewayInput } from '../gateway-input';

/** A gateway before and after a change. A side is missing where only the other has the gateway. */
export interface GatewayPair {
  /** Construct path, or the folder of the policies. */
  readonly label: string;
  readonly before?: GatewayInput;
  readonly after?: GatewayInput;
  /** What could not be read of the base, and what stands in for it. */
  readonly notes: readonly string[];
}
