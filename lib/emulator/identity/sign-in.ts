import { createHash, randomBytes } from 'node:crypto';
import type { IdentityProvider, IssuedTokens } from './provider';
import type { LocalClient, LocalUser } from './users';

/** A sign-in that the provider refuses, in OAuth's words. */
export class SignInError extends Error {
  constructor(
    readonly error:
      | 'invalid_request'
      | 'invalid_client'
      | 'invalid_grant'
      | 'invalid_scope'
      | 'unauthorized_client'
      | 'unsupported_grant_type',
    message: string,
  ) {
    super(message);
    this.name = 'SignInError';
  }
}

interface Grant {
  readonly user: LocalUser;
  readonly client: LocalClient;
  readonly scopes: readonly string[];
}

interface CodeGrant extends Grant {
  readonly redirectUri: string;
  /** Undefined for a client that does without PKCE. */
  readonly challenge: string | undefined;
  readonly expires: number;
}

/** What a client sends for an authorization code. */
export interface Redemption {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string | undefined;
}

export interface SignedIn extends IssuedTokens {
  readonly refreshToken?: string;
  readonly scopes: readonly string[];
}

/** Milliseconds for which an authorization code is good. */
const CODE_LIFE = 5 * 60_000;

/** Scopes of a user's attributes, of which nobody knows whether a client that the app does not make may ask for them. */
const OPENID_SCOPES = ['openid', 'email', 'profile', 'phone', 'aws.cognito.signin.user.admin'];

/** The sign-in flows over the provider; codes and refresh tokens live in memory. */
export class SignIn {
  private readonly codes = new Map<string, CodeGrant>();
  private readonly refreshTokens = new Map<string, Grant>();

  constructor(
    private readonly provider: IdentityProvider,
    private readonly clock: () => Date,
  ) {}

  client(clientId: string | null | undefined): LocalClient {
    const client = this.provider.directory.clients.get(clientId ?? '');
    if (client === undefined) throw new SignInError('invalid_client', 'unknown client');
    return client;
  }

  user(username: string | null | undefined): LocalUser {
    const user = this.provider.directory.users.get(username ?? '');
    if (user === undefined) throw new SignInError('invalid_grant', 'unknown user');
    return user;
  }

  /** Starts the authorization code flow for a user who has been chosen. */
  code(grant: Omit<CodeGrant, 'expires'>): string {
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, { ...grant, expires: this.clock().getTime() + CODE_LIFE });
    return code;
  }

  async redeem(client: LocalClient, { code, redirectUri, verifier }: Redemption): Promise<SignedIn> {
    if (client.flow !== 'code') throw new SignInError('unauthorized_client', 'the client may not use codes');
    const grant = this.codes.get(code);
    this.codes.delete(code);
    if (grant === undefined || grant.expires <= this.clock().getTime() || grant.client.clientId !== client.clientId) {
      throw new SignInError('invalid_grant', 'the authorization code is not valid');
    }
    if (grant.redirectUri !== redirectUri) {
      throw new SignInError('invalid_grant', 'redirect_uri is not the one that the code was sent to');
    }
    if (grant.challenge !== challengeOf(verifier)) {
      throw new SignInError('invalid_grant', 'code_verifier does not fit the code challenge');
    }
    return await this.signIn(grant, 'TokenGeneration_HostedAuth');
  }

  async refresh(refreshToken: string, client: LocalClient): Promise<SignedIn> {
    const grant = this.refreshTokens.get(refreshToken);
    if (grant === undefined || grant.client.clientId !== client.clientId) {
      throw new SignInError('invalid_grant', 'the refresh token is not valid');
    }
    const { refreshToken: _, ...tokens } = await this.signIn(grant, 'TokenGeneration_RefreshTokens');
    return tokens;
  }

  /** Ends a refresh token of the client, if there is one. */
  revoke(refreshToken: string, { clientId }: LocalClient): void {
    if (this.refreshTokens.get(refreshToken)?.client.clientId === clientId) this.refreshTokens.delete(refreshToken);
  }

  async machine(client: LocalClient, scope: string | undefined): Promise<SignedIn> {
    if (client.flow !== 'client-credentials') {
      throw new SignInError('unauthorized_client', 'the client may not use client credentials');
    }
    const scopes = this.scopes(client, scope);
    return { ...(await this.provider.issue({ client, scopes, trigger: 'TokenGeneration_ClientCredentials' })), scopes };
  }

  async person(grant: Grant): Promise<SignedIn> {
    return await this.signIn(grant, 'TokenGeneration_Authentication');
  }

  /** Scopes of a request: the client's own when none are named, and never others. */
  scopes(client: LocalClient, scope: string | null | undefined): readonly string[] {
    if (!scope) return client.scopes;
    const asked = scope.split(' ').filter((name) => name !== '');
    const others = client.callbackUrls === undefined && client.flow === 'code' ? OPENID_SCOPES : [];
    const unknown = asked.find((name) => !client.scopes.includes(name) && !others.includes(name));
    if (unknown !== undefined) throw new SignInError('invalid_scope', `the client may not have the scope ${unknown}`);
    return asked;
  }

  private async signIn(
    grant: Grant,
    trigger: 'TokenGeneration_HostedAuth' | 'TokenGeneration_Authentication' | 'TokenGeneration_RefreshTokens',
  ): Promise<SignedIn> {
    const { user, client, scopes } = grant;
    const tokens = await this.provider.issue({ client, user, scopes, trigger });
    const refreshToken = randomBytes(32).toString('base64url');
    this.refreshTokens.set(refreshToken, { user, client, scopes });
    const idToken =
      scopes.includes('openid') || trigger === 'TokenGeneration_Authentication' ? tokens.idToken : undefined;
    return {
      accessToken: tokens.accessToken,
      ...(idToken === undefined ? {} : { idToken }),
      expiresIn: tokens.expiresIn,
      refreshToken,
      scopes,
    };
  }
}

/** The S256 challenge of a verifier; undefined when there is none. */
function challengeOf(verifier: string | undefined): string | undefined {
  return verifier === undefined ? undefined : createHash('sha256').update(verifier).digest('base64url');
}
