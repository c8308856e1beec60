import type { DeclaredTrustedField, SpoofResponse } from '../trusted-context';

/** Fills trusted fields, and hides them from the agent. */
export interface TrustedContextConfig {
  readonly fields: readonly DeclaredTrustedField[];
  readonly onSpoof: SpoofResponse;
  /**
   * Full names of every tool that the gateway was checked with. A call of another one is denied, and lists do not show it: nobody has
   * said what its arguments mean.
   *
   * @default - unknown, and other tools pass as they are
   */
  readonly tools?: readonly string[];
}
