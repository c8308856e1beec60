import type { CallerSelector } from './selectors';

/** Allows prompts and resources by name, since the policy engine governs tools only. */
export interface AllowListConfig {
  /** Names; a trailing `*` stands for any ending. */
  readonly prompts: readonly { readonly names: readonly string[]; readonly visibleTo?: CallerSelector }[];
  /** URIs; a trailing `*` stands for any ending. */
  readonly resources: readonly { readonly uris: readonly string[]; readonly visibleTo?: CallerSelector }[];
}
