/** Texts that a variable may have: any; JSON of an array of texts, with or without a space after each comma; one of a list. */
export type Language =
  | { readonly kind: 'any' }
  | { readonly kind: 'json-array'; readonly spaced: boolean }
  | { readonly kind: 'listed'; readonly values: readonly string[] };

/** Values that the variables of a formula may have, by name. Variables that are not listed are Booleans, texts and numbers of any value. */
export interface Variables {
  readonly texts: ReadonlyMap<string, Language>;
  readonly numbers: ReadonlyMap<string, NumberRange>;
}

export interface NumberRange {
  readonly low: bigint;
  readonly high: bigint;
  /** The value that a model takes where it can. */
  readonly preferred: bigint;
}
