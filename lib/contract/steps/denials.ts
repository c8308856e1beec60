/** Counts denied messages, and says for each what decided. */
export interface DenialsConfig {
  /** Name of the environment variable that holds the gateway's name, which may be known at deployment only. */
  readonly gatewayVariable: string;
  /** Full names of the tools that are counted by name. */
  readonly tools: readonly string[];
  /** What each policy reads of the arguments, by its name: paths of names. */
  readonly reads: { readonly [policy: string]: readonly (readonly string[])[] };
  /** Names of arguments that nobody may see, wherever they stand. */
  readonly maskedFields: readonly string[];
}
