import type { ToolSelectors } from './selectors';

/** Checks arguments against the tool's own JSON schema. */
export interface InputCheckConfig {
  readonly tools: ToolSelectors;
  /** Whether a call to a tool whose schema is not known at synth is denied. */
  readonly denyWithoutSchema: boolean;
}
