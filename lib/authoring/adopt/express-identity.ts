import { textMember } from '../../contract/drift/text-member';
import { isJsonObject, type JsonValue } from '../../contract/json';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { type Code, call, list, literal, object } from '../project/code';
import type { Members } from './members';

/** Who may call, as the construct says it. */
export interface ExpressedIdentity {
  readonly code: Code;
  readonly authorization: 'jwt' | 'iam' | 'none';
  readonly notes: readonly Diagnostic[];
}

const JWT = ['authorizerConfiguration', 'customJWTAuthorizer'] as const;

export function expressIdentity(gateway: Members): ExpressedIdentity {
  const type = gateway.text('authorizerType') ?? 'CUSTOM_JWT';
  if (type === 'AWS_IAM') return { code: call('Identity.iam', [], 'Identity'), authorization: 'iam', notes: [] };
  if (type === 'NONE') {
    const reason = literal('the gateway had no authorization when it was adopted');
    const code = call('Identity.dangerouslyWithoutAuthorization', [reason], 'Identity');
    return { code, authorization: 'none', notes: [] };
  }
  const discoveryUrl = gateway.text(...JWT, 'discoveryUrl') ?? '';
  const accepted = {
    allowedClients: texts(gateway, 'allowedClients'),
    allowedAudiences: texts(gateway, 'allowedAudience'),
    allowedScopes: texts(gateway, 'allowedScopes'),
    customClaims: customClaims(gateway),
  };
  const advertised = gateway.peek(...JWT, 'advertisedScopeMapping');
  if (isJsonObject(advertised)) gateway.take(...JWT, 'advertisedScopeMapping');
  const advertisedScopes =
    isJsonObject(advertised) && Object.keys(advertised).length > 0 ? literal(advertised) : undefined;
  const isAny = Object.values(accepted).every((one) => one === undefined);
  return {
    code: call(
      'Identity.oidc',
      [object({ discoveryUrl: literal(discoveryUrl), ...accepted, advertisedScopes })],
      'Identity',
    ),
    authorization: 'jwt',
    notes: isAny ? [diagnostic('ADOPT_ANY_TOKEN', { issuer: discoveryUrl })] : [],
  };
}

function texts(gateway: Members, member: string): Code | undefined {
  const found = gateway.texts(...JWT, member);
  return found.length === 0 ? undefined : literal(found);
}

/** All of the claims, or none of them: then they are kept as they are. */
function customClaims(gateway: Members): Code | undefined {
  const found = gateway.peek(...JWT, 'customClaims');
  if (!Array.isArray(found) || found.length === 0) return undefined;
  const claims = found.map(customClaim);
  const expressed = claims.filter((claim) => claim !== undefined);
  if (expressed.length < claims.length) return undefined;
  gateway.take(...JWT, 'customClaims');
  return list(expressed);
}

const FACTORIES: { readonly [operator: string]: string } = {
  EQUALS: 'CustomClaim.equals',
  CONTAINS: 'CustomClaim.contains',
  CONTAINS_ANY: 'CustomClaim.containsAny',
};

function customClaim(claim: JsonValue): Code | undefined {
  if (!isJsonObject(claim)) return undefined;
  const { inboundTokenClaimName: name, authorizingClaimMatchValue: match } = claim;
  if (typeof name !== 'string' || !isJsonObject(match) || !isJsonObject(match['claimMatchValue'])) return undefined;
  const { matchValueString: one, matchValueStringList: several } = match['claimMatchValue'];
  const factory = FACTORIES[textMember(match, 'claimMatchOperator')];
  const values = Array.isArray(several) ? several : typeof one === 'string' ? [one] : [];
  if (factory === undefined || values.length === 0) return undefined;
  return call(factory, [name, ...values].map(literal), 'CustomClaim');
}
