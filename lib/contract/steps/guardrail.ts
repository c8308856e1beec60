import type { ToolSelectors } from './selectors';

/** Lets Amazon Bedrock Guardrails judge arguments and results. */
export interface GuardrailConfig {
  readonly tools: ToolSelectors;
  /** Names of the environment variables that hold the guardrail's id and version. */
  readonly guardrailVariable: string;
  readonly versionVariable: string;
  readonly inputs: 'block' | 'mask' | 'ignore';
  readonly outputs: 'block' | 'mask' | 'ignore';
  /** Maximum number of characters of one message. A longer one is denied without running the guardrail. */
  readonly maxCharacters: number;
}
