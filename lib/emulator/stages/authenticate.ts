import { type Claims, principalFromClaims, principalFromIam, unauthenticatedPrincipal } from '../../contract/claims';
import type { Headers } from '../../contract/interceptor-payload';
import { JSON_RPC_ERROR } from '../../contract/mcp';
import { RESOURCE_METADATA_PATH } from '../http/paths';
import type { Caller } from '../mcp/caller';
import { Refusal } from '../mcp/refusal';
import type { ServingGateway } from '../serving-gateway';

/** Stage 1: who calls. Throws a refusal with 401 or 403, and then neither interceptor nor policy sees the message. */
export async function authenticate(headers: Headers, gateway: ServingGateway): Promise<Caller> {
  switch (gateway.manifest.identity.authorization) {
    case 'none':
      return { principal: unauthenticatedPrincipal, claims: {} };
    case 'iam':
      return iamCaller(headers, gateway);
    case 'jwt':
      return await jwtCaller(headers, gateway);
  }
}

async function jwtCaller(headers: Headers, gateway: ServingGateway): Promise<Caller> {
  const token = /^Bearer ([^\s]+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined) throw unauthorized(gateway, 'Invalid Bearer token', noToken(headers['authorization']));
  const verdict = await gateway.checkToken(token);
  switch (verdict.kind) {
    case 'invalid':
      throw unauthorized(gateway, verdict.message, verdict.why);
    case 'insufficient-scope':
      throw new Refusal(403, JSON_RPC_ERROR.unauthorized, 'Insufficient scope', {
        headers: { 'www-authenticate': challenge(gateway, 'insufficient_scope') },
        why: verdict.why,
      });
    case 'valid':
      return { principal: principalFromClaims(verdict.claims, gateway.switches), claims: verdict.claims };
  }
}

/** Local callers name themselves by access key id: the name of a persona, whose username is an ARN. No signature is checked. */
function iamCaller(headers: Headers, gateway: ServingGateway): Caller {
  const authorization = headers['authorization'] ?? '';
  const key = /^AWS4-HMAC-SHA256 .*Credential=([^/,\s]+)\//.exec(authorization)?.[1];
  const known = gateway.manifest.local.personas.find((persona) => localAccessKey(persona.username) === key);
  if (known === undefined) {
    const why = 'the request is not signed with the local access key of an example user';
    throw new Refusal(403, JSON_RPC_ERROR.unauthorized, 'Access denied', { why });
  }
  const claims: Claims = { username: known.username };
  return { principal: principalFromIam(known.username), claims };
}

/** The access key id that stands for an IAM caller on this machine. */
export function localAccessKey(callerArn: string): string {
  return `LOCAL${Buffer.from(callerArn).toString('hex').toUpperCase()}`;
}

function noToken(authorization: string | undefined): string {
  if (authorization === undefined) return 'the request has no header `Authorization`';
  return 'the header `Authorization` is not `Bearer` and a token';
}

function unauthorized(gateway: ServingGateway, message: string, why: string): Refusal {
  return new Refusal(401, JSON_RPC_ERROR.unauthorized, message, {
    headers: { 'www-authenticate': challenge(gateway, 'invalid_token') },
    why,
  });
}

/** Seen on the service: `invalid_token` even when there was none, and the scopes that would do. */
function challenge(gateway: ServingGateway, error: string): string {
  const scopes = gateway.manifest.identity.allowedScopes;
  const scope = scopes.length === 0 ? '' : `scope="${scopes.join(' ')}", `;
  return `Bearer error="${error}", ${scope}resource_metadata="${gateway.baseUrl}${RESOURCE_METADATA_PATH}"`;
}
