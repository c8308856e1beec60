import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface CallersProps {
  readonly name: string;
  readonly groups?: readonly string[];
  readonly customAttributes?: { [name: string]: cognito.ICustomAttribute };
  /** Puts claims into access tokens. */
  readonly preTokenGeneration?: lambda.Function;
}

/** Who may call a gateway: a user pool with its groups, scopes, hosted domain, a client for people and one for machines. */
export class Callers extends Construct {
  readonly userPool: cognito.UserPool;
  readonly people: cognito.UserPoolClient;
  readonly machine: cognito.UserPoolClient;
  readonly domain: cognito.UserPoolDomain;
  readonly authorizer: agentcore.IGatewayAuthorizerConfig;

  constructor(scope: Construct, id: string, props: CallersProps) {
    super(scope, id);
    this.userPool = this.createPool(props);
    for (const groupName of props.groups ?? []) {
      new cognito.UserPoolGroup(this, `Group-${groupName}`, { userPool: this.userPool, groupName });
    }
    const invoke = new cognito.ResourceServerScope({
      scopeName: 'invoke',
      scopeDescription: 'Call the tools of the gateway',
    });
    const server = this.userPool.addResourceServer('ResourceServer', {
      identifier: props.name,
      userPoolResourceServerName: props.name,
      scopes: [invoke],
    });
    const scope_ = cognito.OAuthScope.resourceServer(server, invoke);
    this.people = this.createPeopleClient(props.name, scope_);
    this.machine = this.createMachineClient(props.name, scope_);
    this.domain = this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${props.name.toLowerCase()}-${Stack.of(this).account}` },
      managedLoginVersion: cognito.ManagedLoginVersion.CLASSIC_HOSTED_UI,
    });
    this.authorizer = agentcore.GatewayAuthorizer.usingCognito({
      userPool: this.userPool,
      allowedClients: [this.people, this.machine],
      allowedScopes: [`${props.name}/invoke`],
    });
  }

  private createPool(props: CallersProps): cognito.UserPool {
    const pool = new cognito.UserPool(this, 'UserPool', {
      userPoolName: props.name,
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      customAttributes: props.customAttributes,
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (props.preTokenGeneration) {
      const operation = cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG;
      pool.addTrigger(operation, props.preTokenGeneration, cognito.LambdaVersion.V3_0);
    }
    return pool;
  }

  private createPeopleClient(name: string, invoke: cognito.OAuthScope): cognito.UserPoolClient {
    return this.userPool.addClient('People', {
      userPoolClientName: `${name}-people`,
      generateSecret: false,
      authFlows: { adminUserPassword: false },
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
        callbackUrls: ['http://localhost:6274/oauth/callback', 'http://localhost:8976/callback'],
        scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL, cognito.OAuthScope.PROFILE, invoke],
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(1),
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({
        familyName: true,
        givenName: true,
        locale: true,
        fullname: true,
        timezone: true,
      }),
    });
  }

  private createMachineClient(name: string, invoke: cognito.OAuthScope): cognito.UserPoolClient {
    return this.userPool.addClient('Machine', {
      userPoolClientName: `${name}-machine`,
      generateSecret: true,
      authFlows: { userSrp: false },
      oAuth: {
        flows: { authorizationCodeGrant: false, implicitCodeGrant: false, clientCredentials: true },
        scopes: [invoke],
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ lastUpdateTime: true }),
    });
  }
}
