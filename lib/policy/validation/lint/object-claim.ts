import { isJsonObject } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { claimComparisons } from '../claims/claim-comparison';
import { namesIn } from '../claims/membership';
import type { Lint, LintContext } from './lint';

/** Claims that are objects. Sources: OpenID Connect Core 5.1.1; RFC 7800; RFC 8693, section 4.1; Keycloak's default client scopes. */
const OBJECTS: ReadonlySet<string> = new Set(['address', 'cnf', 'act', 'realm_access', 'resource_access']);

/** The JSON text of an object searched for a value, which may stand under any member. */
export const objectClaim: Lint = {
  policy(policy, context) {
    return claimComparisons(policy).flatMap(({ claim, operator, literals }): Diagnostic[] => {
      const [literal] = literals;
      if (literal === undefined || operator !== 'like' || !isObject(claim, context)) return [];
      const [value] = namesIn(literal, operator, 'array');
      if (value === undefined) return [];
      const params = { claim, pattern: literal.text, token: JSON.stringify({ other: value }) };
      return [
        diagnostic('POLICY_OBJECT_SEARCHED', params, { location: policy.at(literal.token.start, literal.token.end) }),
      ];
    });
  },
};

function isObject(claim: string, { input }: LintContext): boolean {
  const declared = input.claims?.find(({ name }) => name === claim);
  if (declared?.multiValued === true) return false;
  const values = [...Object.values(declared?.values ?? {}), ...Object.values(declared?.machineValues ?? {})];
  return values.length === 0 ? OBJECTS.has(claim) : values.some((value) => isJsonObject(value));
}
