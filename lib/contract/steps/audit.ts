import type { ToolSelectors } from './selectors';

/** Writes one line per call. */
export interface AuditConfig {
  readonly points: 'response' | 'both';
  /** Claims that are recorded in addition to `sub`. */
  readonly claims: readonly string[];
  /** Arguments that are recorded in clear, per tool. Everything else is recorded by hash only. */
  readonly arguments: readonly { readonly tools: ToolSelectors; readonly names: readonly string[] }[];
  /** Name of the environment variable that holds the delivery stream's name. */
  readonly streamVariable?: string;
  /** What happens to a call whose record could not be delivered to the stream. */
  readonly onDeliveryFailure: 'deny' | 'log';
}
