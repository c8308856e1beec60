import type { LintContext } from './lint';

/** Whether a claim is an array, so that its tag is JSON text. Undefined where nobody declared it. */
export function isMultiValued(claim: string, { input }: LintContext): boolean | undefined {
  const declared = input.claims?.find(({ name }) => name === claim);
  // Cognito's own claim is always an array. Source: Cognito developer guide, access token payload.
  return declared?.multiValued ?? (claim === 'cognito:groups' ? true : undefined);
}

/** Names of claims that are arrays at some identity providers and strings at others. */
export const OFTEN_SEVERAL = /(?:^|[:/_-])(?:groups?|roles?|permissions|entitlements)$/i;
