import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { checkClaims, checkHeaders, checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';

/** How the caller's identity becomes credentials. */
export enum ExchangeMethod {
  /** The interceptor assumes the role and sets the session tags. Credentials last at most an hour, because of role chaining. */
  ASSUME_ROLE = 'assume-role',
  /** STS verifies the caller's own token: the account needs an OIDC provider for the issuer, and the role must trust it. */
  WEB_IDENTITY = 'web-identity',
}

/** Names of the headers that carry the credentials. The target's configuration must allow them. */
export interface CredentialHeaderNames {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface TokenExchangeOptions {
  /** Full names (`target___tool`), or names of targets for all of their tools. Only targets that the headers reach; functions get no `Authorization`. */
  readonly tools: string[];
  /** Role whose credentials the target gets. If the role is created in this app, its trust policy is extended to the interceptor. */
  readonly role: iam.IRole;
  /** @default ExchangeMethod.ASSUME_ROLE */
  readonly method?: ExchangeMethod;
  /**
   * Session tags by key, and the claims that hold their values. A caller without the claim is denied. Only with ASSUME_ROLE: with WEB_IDENTITY
   * STS takes the tags from the token itself, from its claim `https://aws.amazon.com/tags`.
   *
   * @default - none
   */
  readonly sessionTags?: { readonly [key: string]: string };
  /**
   * How long the credentials last, 15 minutes to an hour, or to 12 hours with WEB_IDENTITY.
   *
   * @default - 15 minutes
   */
  readonly duration?: Duration;
  /**
   * Separate headers for the credentials.
   *
   * @default - one `Authorization` header with `authorizationScheme`
   */
  readonly headers?: CredentialHeaderNames;
  /**
   * Scheme before the base64 text of `{accessKeyId, secretAccessKey, sessionToken}` in the `Authorization` header, which always goes out.
   *
   * @default 'AWS-Session-Credentials'
   */
  readonly authorizationScheme?: string;
}

/** Header names that the gateway refuses. Source: developer guide, page gateway-headers. */
const REFUSED_HEADERS =
  /^(?:x-amzn-(?!bedrock-agentcore-runtime-custom-).*|authorization|content-type|accept|host|cookie|user-agent|origin|x-forwarded-.*)$/i;

const HEADER_NAME = /^[a-zA-Z0-9_-]{1,100}$/;

/** Passes AWS credentials for the caller to targets, in headers. */
export class TokenExchangeStep extends InterceptorStep {
  constructor(private readonly options: TokenExchangeOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint, index: number): StepBinding | undefined {
    if (point === 'RESPONSE') return undefined;
    const { tools, role, sessionTags = {}, headers, authorizationScheme = 'AWS-Session-Credentials' } = this.options;
    const roleVariable = `EXCHANGE_ROLE_${index}`;
    const exchange = {
      tools,
      roleVariable,
      method: this.method,
      sessionTags,
      durationSeconds: this.duration.toSeconds(),
      headers: headers ?? { authorizationScheme },
    };
    return {
      environment: { [roleVariable]: role.roleArn },
      grant: (fn) => this.grant(fn),
      config: () => ({ step: 'token-exchange', exchanges: [exchange] }),
    };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const { tools, sessionTags = {}, headers } = this.options;
    const step = 'token-exchange';
    const own = headers === undefined ? [] : [headers.accessKeyId, headers.secretAccessKey, headers.sessionToken];
    const refused = own.filter((name) => !HEADER_NAME.test(name) || REFUSED_HEADERS.test(name));
    const sent = headers === undefined ? ['Authorization'] : own.filter((name) => !refused.includes(name));
    const findings = [
      ...checkToolSelectors(step, tools, context),
      ...checkHeaders(step, tools, sent, context),
      ...checkClaims(step, ['sub', ...Object.values(sessionTags)], context),
      ...refused.map((name) => diagnostic('INTERCEPTOR_HEADER', { name })),
    ];
    if (this.method === ExchangeMethod.WEB_IDENTITY && Object.keys(sessionTags).length > 0)
      findings.push(diagnostic('INTERCEPTOR_SESSION_TAGS', {}));
    const maxSeconds = this.method === ExchangeMethod.ASSUME_ROLE ? 3_600 : 43_200;
    const seconds = this.duration.toSeconds();
    if (seconds < 900 || seconds > maxSeconds)
      findings.push(diagnostic('INTERCEPTOR_DURATION', { seconds, maxSeconds }));
    return findings;
  }

  private get method(): ExchangeMethod {
    return this.options.method ?? ExchangeMethod.ASSUME_ROLE;
  }

  private get duration(): Duration {
    return this.options.duration ?? Duration.minutes(15);
  }

  /** AssumeRoleWithWebIdentity needs no right: the token is the proof. */
  private grant(fn: lambda.IFunction): void {
    if (this.method === ExchangeMethod.WEB_IDENTITY) return;
    const { role } = this.options;
    const actions = ['sts:AssumeRole', 'sts:TagSession'];
    iam.Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [role.roleArn] });
    if (role instanceof iam.Role && fn.role !== undefined) {
      const principals = [new iam.ArnPrincipal(fn.role.roleArn)];
      role.assumeRolePolicy?.addStatements(new iam.PolicyStatement({ actions, principals }));
    }
  }
}
