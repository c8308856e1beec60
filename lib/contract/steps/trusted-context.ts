import type { OnSpoof, TrustedField } from '../trusted-context';

/** Fills trusted fields, and hides them from the agent. */
export interface TrustedContextConfig {
  readonly fields: readonly TrustedField[];
  readonly onSpoof: OnSpoof;
  /**
   * Full names of every tool that the gateway was checked with. A call of another one is denied, and lists do not show it: nobody has
   * said what its arguments mean.
   *
   * @default - unknown, and other tools pass as they are
   */
  readonly tools?: readonly string[];
}
