import { machineClientOutput } from '../contract/output-names';
import type { Persona } from '../policy/testing/file/test-file';
import { CannotSignIn } from './cannot-sign-in';
import { awsClient, type DeployedStack, requiredOutput } from './deployed-stack';

/** Where passwords of test users come from: never from the command line, which others can read. */
export type PasswordSource = (username: string) => string | undefined;

/**
 * Signs personas in at the stack's user pool: people by password as an administrator does, machines by client credentials. Needs
 * `adminPasswordSignIn` on the client for people.
 */
export function cognitoSignIn(stack: DeployedStack, passwordOf: PasswordSource): (persona: Persona) => Promise<string> {
  return async (persona) => {
    if (Object.keys(persona.claims).length > 0) throw new CannotSignIn('a real sign-in cannot change claims');
    if (persona.client !== undefined) return await machineToken(stack, persona.client, persona.scopes);
    return await userToken(stack, persona.username ?? persona.name, passwordOf);
  };
}

async function sdk(): Promise<typeof import('@aws-sdk/client-cognito-identity-provider')> {
  return await awsClient(
    '@aws-sdk/client-cognito-identity-provider',
    () => import('@aws-sdk/client-cognito-identity-provider'),
  );
}

async function userToken(stack: DeployedStack, username: string, passwordOf: PasswordSource): Promise<string> {
  const password = passwordOf(username);
  if (password === undefined) throw new CannotSignIn(`there is no password for user ${username}`);
  const { AdminInitiateAuthCommand, CognitoIdentityProviderClient } = await sdk();
  const { AuthenticationResult, ChallengeName } = await new CognitoIdentityProviderClient({}).send(
    new AdminInitiateAuthCommand({
      UserPoolId: requiredOutput(stack, 'UserPoolId'),
      ClientId: requiredOutput(stack, 'PeopleClientId'),
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
  const token = AuthenticationResult?.AccessToken;
  if (token === undefined)
    throw new Error(`user ${username} cannot sign in: ${ChallengeName ?? 'no token was issued'}`);
  return token;
}

async function machineToken(
  stack: DeployedStack,
  name: string,
  scopes: readonly string[] | undefined,
): Promise<string> {
  const ClientId = requiredOutput(stack, machineClientOutput(name));
  const { CognitoIdentityProviderClient, DescribeUserPoolClientCommand } = await sdk();
  const { UserPoolClient } = await new CognitoIdentityProviderClient({}).send(
    new DescribeUserPoolClientCommand({ UserPoolId: requiredOutput(stack, 'UserPoolId'), ClientId }),
  );
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scopes !== undefined) form.set('scope', scopes.join(' '));
  const response = await fetch(requiredOutput(stack, 'TokenEndpointUrl'), {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${ClientId}:${UserPoolClient?.ClientSecret ?? ''}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: form,
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!response.ok || token === undefined) throw new Error(`client ${name} gets no token: status ${response.status}`);
  return token;
}
