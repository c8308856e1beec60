import { claimCondition, fulfils } from '../../../contract/claim-condition';
import type { IdentityManifest } from '../../../contract/manifest';
import { STANDARD_ATTRIBUTES } from '../../../contract/user-attributes';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { Persona, TestFile } from '../file/test-file';
import type { GatewayUnderTest } from './gateway-under-test';
import { claimsOf } from './persona-claims';

/** Personas whom the identity could never give a token, or whose token the gateway refuses before it asks a policy. */
export function checkPersonas({ personas, cases }: TestFile, { identity }: GatewayUnderTest): Diagnostic[] {
  if (identity === undefined) return [];
  return personas.flatMap((persona) => {
    if (persona.iam !== undefined || persona.anonymous) return [];
    const calls = cases.some((test) => test.kind === 'call' && test.persona.name === persona.name);
    return [
      ...unknownGroups(persona, identity),
      ...unknownAttributes(persona, identity),
      ...unknownClient(persona, identity),
      ...(calls ? refused(persona, identity) : []),
    ];
  });
}

function unknownGroups({ name, groups, location }: Persona, { kind, groups: known }: IdentityManifest): Diagnostic[] {
  // Groups of a pool that somebody else keeps are known only as far as they are declared.
  if (kind === 'existing-user-pool' && known.length === 0) return [];
  return groups
    .filter((group) => !known.includes(group))
    .map((group) =>
      diagnostic('TEST_PERSONA_GROUP', { name, group, known, suggestion: suggest(group, known) }, at(location)),
    );
}

function unknownAttributes(
  { name, attributes, location }: Persona,
  { kind, claims = [] }: IdentityManifest,
): Diagnostic[] {
  if (kind !== 'cognito') return [];
  const known = [...STANDARD_ATTRIBUTES, ...claims.flatMap(({ attribute = [] }) => attribute)];
  return Object.keys(attributes)
    .filter((attribute) => !known.includes(attribute) && !attribute.endsWith('_verified'))
    .map((attribute) => {
      const suggestion = suggest(attribute, known) ?? suggest(`custom:${attribute}`, known);
      return diagnostic('TEST_PERSONA_ATTRIBUTE', { name, attribute, suggestion }, at(location));
    });
}

function unknownClient({ name, client, location }: Persona, { clients }: IdentityManifest): Diagnostic[] {
  const known = clients.flatMap((one) => (one.flow === 'client-credentials' ? [one.name] : []));
  if (client === undefined || clients.length === 0 || known.includes(client)) return [];
  return [diagnostic('TEST_PERSONA_CLIENT', { name, client, known, suggestion: suggest(client, known) }, at(location))];
}

function refused(persona: Persona, identity: IdentityManifest): Diagnostic[] {
  const claims = claimsOf(persona, identity);
  const failed = identity.customClaims.map(claimCondition).find((one) => !fulfils(claims[one.claim], one));
  if (failed === undefined) return [];
  const { name, location } = persona;
  return [diagnostic('TEST_PERSONA_REFUSED', { name, claim: failed.claim, known: failed.values }, at(location))];
}

function at(location: Persona['location']) {
  return location === undefined ? {} : { location };
}
