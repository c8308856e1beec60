import { createHash, randomBytes } from 'node:crypto';
import type { IdentityProvider, IssuedTokens } from './provider';
import type { LocalClient, LocalUser } from './users';

/** A sign-in that the provider refuses, in OAuth's words. */
export class SignInError extends Error {
  constructor(
    readonly error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'invalid_scope' | 'unsupported_grant_type',
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
  readonly challenge: string;
  readonly expires: number;
}

export interface SignedIn extends IssuedTokens {
  readonly refreshToken?: string;
  readonly scopes: readonly string[];
}

/** Milliseconds for which an authorization code is good. */
const CODE_LIFE = 5 * 60_000;

/** Scopes that every client may ask for, as in a user pool. */
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

  /** Starts the authorization code flow for a user who has been chosen. Only the S256 challenge of PKCE is taken. */
  code(grant: Grant & { readonly redirectUri: string; readonly challenge: string }): string {
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, { ...grant, expires: this.clock().getTime() + CODE_LIFE });
    return code;
  }

  async redeem(code: string, verifier: string, redirectUri: string, clientId: string): Promise<SignedIn> {
    const grant = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const good =
      grant !== undefined &&
      grant.expires > this.clock().getTime() &&
      grant.redirectUri === redirectUri &&
      grant.client.clientId === clientId &&
      grant.challenge === challenge;
    if (!good) throw new SignInError('invalid_grant', 'the authorization code is not valid');
    return await this.signIn(grant, 'TokenGeneration_HostedAuth');
  }

  async refresh(refreshToken: string, clientId: string): Promise<SignedIn> {
    const grant = this.refreshTokens.get(refreshToken);
    if (grant === undefined || grant.client.clientId !== clientId) {
      throw new SignInError('invalid_grant', 'the refresh token is not valid');
    }
    const { refreshToken: _, ...tokens } = await this.signIn(grant, 'TokenGeneration_RefreshTokens');
    return tokens;
  }

  async machine(client: LocalClient, scope: string | undefined): Promise<SignedIn> {
    if (client.flow !== 'client-credentials') throw new SignInError('invalid_client', 'the client is not for machines');
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
    const unknown = asked.find((name) => !client.scopes.includes(name) && !OPENID_SCOPES.includes(name));
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
    return { ...tokens, refreshToken, scopes };
  }
}
