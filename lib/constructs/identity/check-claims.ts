import { CLAIM_NAME_PATTERN, isMatchable, isReservedClaim } from '../../contract/claim-names';
import type { DeclaredClaim } from '../../contract/manifest';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import type { Claim } from './claim';
import { attributeCandidates, isReadableAttribute } from './user-attributes';

/** What claims may refer to. */
export interface ClaimReferences {
  /** Whether this library configures what the issuer emits. Otherwise claims can only be declared. */
  readonly configured: boolean;
  readonly groups: readonly string[];
  readonly clients: readonly string[];
}

/** Claims by name, as data. */
export function declareClaims(claims: { readonly [name: string]: Claim } = {}): DeclaredClaim[] {
  return Object.entries(claims).map(([name, claim]) => claim._declaration(name));
}

/** Claims that every token carries, and the declared ones, which know better where both name one. */
export function mergeClaims(standard: readonly DeclaredClaim[], declared: readonly DeclaredClaim[]): DeclaredClaim[] {
  const names = new Set(declared.map((claim) => claim.name));
  return [...standard.filter((claim) => !names.has(claim.name)), ...declared];
}

/** Wrong declarations of claims, all at once. */
export function checkClaims(claims: readonly DeclaredClaim[], references: ClaimReferences): Diagnostic[] {
  return claims.flatMap((claim) => [
    ...checkName(claim, references),
    ...checkSource(claim, references),
    ...checkValues(claim),
  ]);
}

function checkName(claim: DeclaredClaim, references: ClaimReferences): Diagnostic[] {
  const { name } = claim;
  if (!CLAIM_NAME_PATTERN.test(name)) return [diagnostic('IDENTITY_CLAIM_NAME_INVALID', { claim: name })];
  return references.configured && isReservedClaim(name) ? [diagnostic('IDENTITY_CLAIM_RESERVED', { claim: name })] : [];
}

function checkSource(claim: DeclaredClaim, references: ClaimReferences): Diagnostic[] {
  if ((claim.source === 'declared') === references.configured) {
    return [diagnostic('IDENTITY_CLAIM_SOURCE', { claim: claim.name, configured: references.configured })];
  }
  const where = `claims.${claim.name}`;
  const unknownClients = Object.keys({ ...claim.machineValues, ...(claim.source === 'client' && claim.values) })
    .filter((client) => !references.clients.includes(client))
    .map((client) => unknownClient(where, client, references.clients));
  if (claim.source === 'groups') return [...unknownGroups(where, claim, references.groups), ...unknownClients];
  if (claim.source === 'attribute') return [...checkAttribute(claim), ...unknownClients];
  return unknownClients;
}

function checkAttribute(claim: DeclaredClaim): Diagnostic[] {
  const attribute = claim.attribute ?? '';
  if (isReadableAttribute(attribute)) return [];
  const suggestion = suggest(attribute, attributeCandidates(attribute)) ?? customName(attribute);
  return [diagnostic('IDENTITY_UNKNOWN_ATTRIBUTE', { where: `claims.${claim.name}`, attribute, suggestion })];
}

function customName(attribute: string): string | undefined {
  const candidate = `custom:${attribute}`;
  return isReadableAttribute(candidate) ? candidate : undefined;
}

function unknownGroups(where: string, claim: DeclaredClaim, groups: readonly string[]): Diagnostic[] {
  return Object.keys(claim.values ?? {})
    .filter((group) => !groups.includes(group))
    .map((group) => diagnostic('IDENTITY_UNKNOWN_GROUP', { where, group, groups, suggestion: suggest(group, groups) }));
}

function unknownClient(where: string, client: string, clients: readonly string[]): Diagnostic {
  return diagnostic('IDENTITY_UNKNOWN_CLIENT', { where, client, clients, suggestion: suggest(client, clients) });
}

/** An empty text would be a claim that says nothing; a text that `like` cannot match inside an array would match the wrong ones. */
function checkValues(claim: DeclaredClaim): Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (const [key, value] of [...Object.entries(claim.values ?? {}), ...Object.entries(claim.machineValues ?? {})]) {
    const where = `claims.${claim.name}.${key}`;
    if (value === '') findings.push(diagnostic('IDENTITY_CLAIM_VALUE_EMPTY', { where }));
    if (typeof value === 'string' && !isMatchable(value)) {
      findings.push(diagnostic('IDENTITY_UNMATCHABLE', { where, text: value }));
    }
  }
  return findings;
}
