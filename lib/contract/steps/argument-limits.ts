import type { ToolSelectors } from './selectors';

/** What one argument may look like. Null and absent arguments break no rule. */
export interface ArgumentRule {
  /** Characters of a string, elements of an array. */
  readonly maxLength?: number;
  /** ECMAScript regular expression, matched with the `u` flag against the whole of a string. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** The only values allowed. */
  readonly oneOf?: readonly (string | number | boolean)[];
}

export interface ArgumentLimits {
  /** UTF-8 bytes of the arguments as JSON. */
  readonly maxBytes?: number;
  /** Objects and arrays inside each other; the argument object itself is 1. */
  readonly maxDepth?: number;
  /** Characters of any string. */
  readonly maxStringLength?: number;
  /** Elements of any array, members of any object. */
  readonly maxItems?: number;
  /** Arguments that the tool's schema does not declare. */
  readonly unknownArguments?: 'deny' | 'drop' | 'allow';
  /** Rules by argument name. */
  readonly arguments?: { readonly [name: string]: ArgumentRule };
}

/** Bounds what a client may send. The rules of every entry that selects a tool hold together; the strictest wins. */
export interface ArgumentLimitsConfig {
  readonly limits: readonly (ArgumentLimits & { readonly tools: ToolSelectors })[];
}
