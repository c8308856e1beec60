import type { Duration } from 'aws-cdk-lib';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Claim } from './claim';
import type { CustomClaim } from './custom-claim';
import type { TestUser } from './test-user';

/** The client with which people sign in: authorization code with PKCE, no secret. */
export interface PeopleClientOptions {
  /**
   * Where browsers are sent after signing in: https, http on localhost, or an app's own scheme.
   *
   * @default - `http://localhost:6274/oauth/callback` and `http://127.0.0.1:6276/oauth/callback` (MCP Inspector),
   * `http://localhost:3334/oauth/callback` (mcp-remote), `http://localhost:8976/callback` (Claude Code, when it is told this port),
   * `http://localhost:8787/callback` (Cursor) and `http://127.0.0.1:33418/` (VS Code)
   */
  readonly callbackUrls?: string[];

  /**
   * Where browsers are sent after signing out.
   *
   * @default - nowhere
   */
  readonly logoutUrls?: string[];

  /**
   * Scopes that people's tokens may have, without the identifier of the resource server.
   *
   * @default - all declared scopes
   */
  readonly scopes?: string[];

  /**
   * Standard attributes that users may write by themselves. Attributes from which a claim comes are refused.
   *
   * @default - family_name, given_name, locale, name and zoneinfo, as far as no claim comes from them
   */
  readonly writableAttributes?: string[];

  /**
   * Whether administrators with AWS credentials may sign users in with a password through Cognito's API, as automated tests of a
   * deployed gateway do. Tokens from there get the scopes of this client from the trigger.
   *
   * @default false
   */
  readonly adminPasswordSignIn?: boolean;
}

/** A client with which a machine gets tokens: client credentials, with a secret. */
export interface MachineClientOptions {
  /**
   * Scopes that the client's tokens may have, without the identifier of the resource server.
   *
   * @default - all declared scopes
   */
  readonly scopes?: string[];
}

/** A Cognito user pool of the gateway's own. */
export interface CognitoIdentityOptions {
  /**
   * Claims of access tokens by name, beside those that Cognito puts there itself. Policies are checked against them.
   *
   * @default - Cognito's own claims only
   */
  readonly claims?: { readonly [name: string]: Claim };

  /**
   * Groups of users. Tokens carry them as the array claim `cognito:groups`.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Scopes of the resource server, as descriptions by name.
   *
   * @default - one scope, `invoke`
   */
  readonly scopes?: { readonly [name: string]: string };

  /**
   * Identifier of the resource server. A scope's full name is this, a slash and its name.
   *
   * @default - the gateway's name
   */
  readonly resourceServerIdentifier?: string;

  /**
   * Whether the gateway accepts only tokens with one of the scopes. With `false` it accepts any token of the clients, also one issued for another purpose.
   *
   * @default true
   */
  readonly requireScope?: boolean;

  /**
   * Claims without which the gateway refuses a token, before any policy is asked.
   *
   * @default - none
   */
  readonly customClaims?: CustomClaim[];

  /**
   * The client with which people sign in. Its name, for claims, is `people`.
   *
   * @default - see PeopleClientOptions
   */
  readonly people?: PeopleClientOptions;

  /**
   * Clients for machines by name.
   *
   * @default - one client named `machine`
   */
  readonly machines?: { readonly [name: string]: MachineClientOptions };

  /**
   * Prefix of the domain of the sign-in pages, unique in the Region among all accounts.
   *
   * @default - from the gateway's name, the construct's path and the account
   */
  readonly domainPrefix?: string;

  /**
   * What users sign in with. Cannot be changed afterwards. Telephone numbers are refused, because they need permission to send messages. With
   * e-mail addresses, Cognito makes the user name, and so the claim `username`, a UUID.
   *
   * @default - e-mail address
   */
  readonly signInAliases?: cognito.SignInAliases;

  /**
   * Whether users need a second factor, which is an authenticator app.
   *
   * @default - Mfa.OPTIONAL: each user may set one up
   */
  readonly mfa?: cognito.Mfa;

  /**
   * Password policy.
   *
   * @default - at least 12 characters with lower case, upper case, digits and symbols; temporary passwords are valid for three days
   */
  readonly passwordPolicy?: cognito.PasswordPolicy;

  /**
   * Feature plan. LITE cannot customize access tokens; PLUS adds threat protection, which is then enforced.
   *
   * @default FeaturePlan.ESSENTIALS
   */
  readonly featurePlan?: cognito.FeaturePlan;

  /**
   * Whether the pool refuses to be deleted.
   *
   * @default - true where the gateway's removal policy retains the pool
   */
  readonly deletionProtection?: boolean;

  /**
   * Lifetime of access tokens, 5 minutes to 1 day. A changed claim or group takes effect with the next token.
   *
   * @default Duration.hours(1)
   */
  readonly accessTokenValidity?: Duration;

  /**
   * Time after which people sign in again, 1 hour to 10 years.
   *
   * @default Duration.days(1)
   */
  readonly refreshTokenValidity?: Duration;

  /**
   * Users for the emulator and for tests, by user name. They are in no template.
   *
   * @default - none
   */
  readonly testUsers?: { readonly [username: string]: TestUser };
}
