/**
 * What a user pool publishes of itself, member for member. PKCE and the absence of a secret are not mentioned, although both work, and
 * there is no registration endpoint. Source: documents of user pools, as of August 2026.
 */
export function cognitoDiscovery(issuer: string): object {
  return {
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    end_session_endpoint: `${issuer}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${issuer}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${issuer}/oauth2/userInfo`,
  };
}

/** What the stand-in of another issuer publishes. Such issuers differ; most say what clients look for. */
export function issuerDiscovery(issuer: string): object {
  return {
    ...cognitoDiscovery(issuer),
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'email', 'profile'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
  };
}
