import { isJsonObject, type JsonObject } from '../../contract/json';
import { type HttpReply, type HttpRequest, jsonReply } from '../http/exchange';
import type { IdentityProvider } from './provider';
import { type SignedIn, type SignIn, SignInError } from './sign-in';
import { LOCAL_PASSWORD } from './users';

type Operation = (input: JsonObject, signIn: SignIn, provider: IdentityProvider) => Promise<JsonObject> | JsonObject;

/** The operations of the Cognito API that verification and scripts use. */
const OPERATIONS: { readonly [name: string]: Operation } = {
  InitiateAuth: initiateAuth,
  AdminInitiateAuth: initiateAuth,
  DescribeUserPoolClient: (input, signIn) => {
    const client = signIn.client(text(input, 'ClientId'));
    const secret: JsonObject = client.flow === 'client-credentials' ? { ClientSecret: LOCAL_PASSWORD } : {};
    return { UserPoolClient: { ClientId: client.clientId, ClientName: client.name, ...secret } };
  },
  ListUsers: (_input, _signIn, provider) => ({
    Users: [...provider.directory.users.values()].map((user) => ({
      Username: user.username,
      UserStatus: 'CONFIRMED',
      Enabled: true,
      Attributes: Object.entries({ ...user.attributes, sub: user.sub }).map(([Name, Value]) => ({ Name, Value })),
    })),
  }),
};

/** Speaks the JSON protocol of the Cognito user pools API. */
export async function cognitoApi(request: HttpRequest, signIn: SignIn, provider: IdentityProvider): Promise<HttpReply> {
  const target = request.headers['x-amz-target'] ?? '';
  const name = target.replace(/^AWSCognitoIdentityProviderService\./, '');
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined) return failure('InvalidParameterException', 'this operation has no local stand-in');
  try {
    const input = JSON.parse(request.body === '' ? '{}' : request.body) as unknown;
    if (!isJsonObject(input)) return failure('InvalidParameterException', 'the request is not an object');
    return jsonReply(await operation(input, signIn, provider), 200, { 'content-type': 'application/x-amz-json-1.1' });
  } catch (error) {
    if (error instanceof SyntaxError) return failure('InvalidParameterException', 'the request is not JSON');
    if (!(error instanceof SignInError)) return failure('UserLambdaValidationException', 'PreTokenGeneration failed');
    return error.error === 'invalid_client'
      ? failure('ResourceNotFoundException', 'User pool client does not exist.')
      : failure('NotAuthorizedException', 'Incorrect username or password.');
  }
}

async function initiateAuth(input: JsonObject, signIn: SignIn): Promise<JsonObject> {
  const parameters = isJsonObject(input['AuthParameters']) ? input['AuthParameters'] : {};
  const client = signIn.client(text(input, 'ClientId'));
  const flow = text(input, 'AuthFlow');
  if (flow === 'REFRESH_TOKEN_AUTH' || flow === 'REFRESH_TOKEN') {
    return authenticated(await signIn.refresh(text(parameters, 'REFRESH_TOKEN'), client));
  }
  if (flow !== 'USER_PASSWORD_AUTH' && flow !== 'ADMIN_USER_PASSWORD_AUTH') {
    throw new SignInError('invalid_request', 'this flow has no local stand-in');
  }
  const user = signIn.user(text(parameters, 'USERNAME'));
  if (text(parameters, 'PASSWORD') !== LOCAL_PASSWORD) throw new SignInError('invalid_grant', 'wrong password');
  return authenticated(await signIn.person({ user, client, scopes: ['aws.cognito.signin.user.admin'] }));
}

function authenticated(tokens: SignedIn): JsonObject {
  return {
    AuthenticationResult: {
      AccessToken: tokens.accessToken,
      ...(tokens.idToken === undefined ? {} : { IdToken: tokens.idToken }),
      ...(tokens.refreshToken === undefined ? {} : { RefreshToken: tokens.refreshToken }),
      ExpiresIn: tokens.expiresIn,
      TokenType: 'Bearer',
    },
    ChallengeParameters: {},
  };
}

function failure(type: string, message: string): HttpReply {
  return jsonReply({ __type: type, message }, 400, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-errortype': type,
  });
}

function text(input: JsonObject, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}
