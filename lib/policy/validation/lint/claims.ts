import type { LintContext } from './lint';

/** Claims that hold several values at most identity providers, where nobody declared what they hold. */
const USUALLY_SEVERAL = /(?:^|:|_|-)(?:groups?|roles?|permissions|entitlements)$/i;

/** Whether a claim is an array, so that its tag is JSON text. */
export function isMultiValued(claim: string, { input }: LintContext): boolean {
  const declared = input.claims?.find(({ name }) => name === claim);
  return declared?.multiValued ?? USUALLY_SEVERAL.test(claim);
}
