import type { OnSpoof, TrustedField } from '../trusted-context';

/** Fills trusted fields, and hides them from the agent. */
export interface TrustedContextConfig {
  readonly fields: readonly TrustedField[];
  readonly onSpoof: OnSpoof;
}
