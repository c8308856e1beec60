import { Token } from 'aws-cdk-lib';
import { closedClaim } from '../../contract/closed-set';
import type { DeclaredClaim } from '../../contract/manifest';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import type { CustomClaim } from './custom-claim';

/** Whether a condition is on the audience, which access tokens of Cognito have only where the client asked for a resource (RFC 8707). */
export function asksForAudience(conditions: readonly CustomClaim[] = []): boolean {
  return conditions.some(({ name }) => name === 'aud');
}

/** A condition on a claim that tokens do not carry, or carry in another form, refuses every call. */
export function checkCustomClaims(
  conditions: readonly CustomClaim[] = [],
  claims: readonly DeclaredClaim[],
  groups: readonly string[] = [],
): Diagnostic[] {
  const known = new Map(claims.map((claim) => [claim.name, claim]));
  return conditions.flatMap((condition) => {
    const { name } = condition;
    // An audience is a text or an array, as the issuer likes.
    if (Token.isUnresolved(name) || name === 'aud') return [];
    const claim = known.get(name);
    if (claim === undefined) {
      return [diagnostic('IDENTITY_CUSTOM_CLAIM_UNKNOWN', { claim: name, suggestion: suggest(name, known.keys()) })];
    }
    if (claim.multiValued === condition._multiValued) {
      const values = closedClaim(name, { claims, groups })?.values;
      return values === undefined ? [] : impossible(condition, values);
    }
    return [diagnostic('IDENTITY_CUSTOM_CLAIM_KIND', { claim: name, multiValued: claim.multiValued })];
  });
}

function impossible({ name: claim, values }: CustomClaim, known: readonly string[]): Diagnostic[] {
  return values
    .filter((value) => !Token.isUnresolved(value) && !known.includes(value))
    .map((value) =>
      diagnostic('IDENTITY_CUSTOM_CLAIM_IMPOSSIBLE', { claim, value, known, suggestion: suggest(value, known) }),
    );
}
