import { didYouMean, error } from './entry';

/** Findings about statements that are built in code. */
export const POLICY_STATEMENT = {
  STATEMENT_NAME_UNSAFE: error(
    (p: { value: string }) => `\`${p.value}\` cannot be looked for in the JSON text of a claim`,
    () => 'use names without `*`, `"` and `\\`',
  ),
  STATEMENT_NUMBER_INVALID: error(
    (p: { value: string; expected: string }) => `\`${p.value}\` is not ${p.expected}`,
    () => 'write digits, with up to four decimals for a JSON `number` and none for an `integer`, for example `5000.00`',
  ),
  STATEMENT_TIME_INVALID: error(
    (p: { value: string; expected: string }) => `\`${p.value}\` is not ${p.expected}`,
    (p) => `write ${p.expected}`,
  ),
  STATEMENT_ARGUMENT_UNKNOWN: error(
    (p: { name: string; tool: string; suggestion?: string }) => `tool \`${p.tool}\` has no argument \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'name an argument of the tool, or a trusted field of the gateway'),
  ),
  STATEMENT_ARGUMENT_TYPE: error(
    (p: { name: string; expected: string }) => `argument \`${p.name}\` is not ${p.expected}`,
    () => 'compare it as what the schema of the tool says that it is',
  ),
  STATEMENT_ARGUMENT_DIFFERS: error(
    (p: { name: string }) => `argument \`${p.name}\` has one of several types in some of the tools and not in others`,
    () => 'write one statement for each tool',
  ),
  STATEMENT_NETWORK_INVALID: error(
    (p: { value: string }) => `\`${p.value}\` is no IP address and no network`,
    () => 'write it as `10.0.0.0/8` or `2001:db8::/32`',
  ),
  STATEMENT_LIST_EMPTY: error(
    () => 'a list of no values matches nothing',
    () => 'give at least one value',
  ),
  STATEMENT_INPUT_WITHOUT_TOOL: error(
    (p: { name: string }) => `argument \`${p.name}\` is compared in a statement for every tool`,
    () => 'name the tools under `actions`, because arguments differ from tool to tool',
  ),
};
