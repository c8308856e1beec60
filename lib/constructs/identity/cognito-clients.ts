import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { IdentityContext } from './bound-identity';
import type { CognitoDeclaration } from './cognito-declaration';
import { clientAttributes } from './user-attributes';

/** What clients share: the pool and its scopes by name. */
export interface ClientFactoryProps {
  readonly userPool: cognito.UserPool;
  readonly scopes: ReadonlyMap<string, cognito.OAuthScope>;
  readonly declaration: CognitoDeclaration;
  readonly context: IdentityContext;
}

/** Scopes of users' attributes, which the client for people may ask for beside the declared ones. */
export const PEOPLE_SCOPES = ['openid', 'email', 'profile'] as const;

/** The client for people: authorization code, of which Cognito takes PKCE, and no secret that a desktop program could not keep. */
export function createPeopleClient(scope: Construct, props: ClientFactoryProps): cognito.UserPoolClient {
  const { people, refreshTokenValidity } = props.declaration;
  return new cognito.UserPoolClient(scope, 'People', {
    ...commonProps(props, 'people'),
    generateSecret: false,
    authFlows: { adminUserPassword: people.adminPasswordSignIn },
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
      callbackUrls: [...people.callbackUrls],
      logoutUrls: people.logoutUrls.length > 0 ? [...people.logoutUrls] : undefined,
      scopes: [...PEOPLE_SCOPES.map((name) => cognito.OAuthScope.custom(name)), ...pick(props, people.scopes)],
    },
    refreshTokenValidity,
    writeAttributes: clientAttributes(people.writableAttributes),
  });
}

/** A client for machines: client credentials and a secret. No user can sign in with it, so it writes no attribute either. */
export function createMachineClient(
  scope: Construct,
  name: string,
  scopes: readonly string[],
  props: ClientFactoryProps,
): cognito.UserPoolClient {
  return new cognito.UserPoolClient(scope, `Machine-${name}`, {
    ...commonProps(props, name),
    generateSecret: true,
    authFlows: { userSrp: false },
    oAuth: {
      flows: { authorizationCodeGrant: false, implicitCodeGrant: false, clientCredentials: true },
      scopes: pick(props, scopes),
    },
    writeAttributes: clientAttributes([]),
  });
}

/** An empty `authFlows` would leave Cognito's defaults, with which users sign in by API; a flow named with false leaves refresh only. */
function commonProps(
  { userPool, declaration, context }: ClientFactoryProps,
  name: string,
): cognito.UserPoolClientProps {
  return {
    userPool,
    userPoolClientName: `${context.gatewayName}-${name}`,
    supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: declaration.accessTokenValidity,
  };
}

function pick({ scopes }: ClientFactoryProps, names: readonly string[]): cognito.OAuthScope[] {
  return names.flatMap((name) => scopes.get(name) ?? []);
}
