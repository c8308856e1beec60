import type * as cognito from 'aws-cdk-lib/aws-cognito';

/** Discovery document of a user pool. The id of an imported pool may name another Region than that of the stack which imports it. */
export function discoveryUrl(userPool: cognito.IUserPool): string {
  const region = /^([a-z]+-[a-z-]+-\d)_/.exec(userPool.userPoolId)?.[1] ?? userPool.env.region;
  return `https://cognito-idp.${region}.amazonaws.com/${userPool.userPoolId}/.well-known/openid-configuration`;
}

/** The two endpoints with which clients get tokens. */
export interface DomainEndpoints {
  readonly token: string;
  readonly authorization: string;
}

/** Endpoints of a pool's domain. */
export function domainEndpoints(domain: cognito.UserPoolDomain): DomainEndpoints {
  const base = domain.baseUrl();
  return { token: `${base}/oauth2/token`, authorization: `${base}/oauth2/authorize` };
}
