import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { OAUTH_USER } from '../../contract/claims';
import type { IdentityManifest } from '../../contract/manifest';
import { machineClientOutput } from '../../contract/output-names';
import { STANDARD_ATTRIBUTES } from '../../contract/user-attributes';
import { diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { warn } from '../findings/warn';
import type { BoundIdentity, IdentityBinder, IdentityContext } from './bound-identity';
import { checkCognito, clientsOfClaims } from './check-cognito';
import { asksForAudience } from './check-custom-claims';
import { createMachineClient, createPeopleClient, PEOPLE_SCOPES } from './cognito-clients';
import { type CognitoDeclaration, PEOPLE, resolveCognito } from './cognito-declaration';
import { discoveryUrl, domainEndpoints } from './cognito-endpoints';
import type { CognitoIdentityOptions } from './cognito-options';
import { createUserPool } from './cognito-user-pool';
import { domainPrefix } from './domain-prefix';
import { PreTokenGeneration } from './pre-token-generation';
import { checkTestUsers } from './test-user';

/** A user pool of the gateway's own. Throws a GovernanceError for options that Cognito or policies could not take. */
export function cognitoIdentity(options: CognitoIdentityOptions): IdentityBinder {
  const declaration = resolveCognito(options);
  const findings = [
    ...checkCognito(declaration),
    ...checkTestUsers(options.testUsers, declaration.groups, attributesOf(declaration)),
  ];
  if (findings.length > 0) throw new GovernanceError(findings);
  return (scope, context) => bind(new Construct(scope, 'Identity'), declaration, context);
}

/** Attributes that the pool has. */
function attributesOf({ claims }: CognitoDeclaration): string[] {
  return [...STANDARD_ATTRIBUTES, ...claims.flatMap((claim) => claim.attribute ?? [])];
}

function bind(scope: Construct, declaration: CognitoDeclaration, context: IdentityContext): BoundIdentity {
  const userPool = createUserPool(scope, declaration, context);
  const identifier = declaration.resourceServerIdentifier ?? context.gatewayName;
  const fullName = (name: string): string => `${identifier}/${name}`;
  const trigger = createTrigger(scope, userPool, declaration, context, fullName);
  const scopes = createScopes(scope, userPool, context.gatewayName, identifier, declaration);
  const props = { userPool, scopes, declaration, context };
  const peopleClient = createPeopleClient(scope, props);
  const machines = [...declaration.machines].map(
    ([name, allowed]) => [name, createMachineClient(scope, name, allowed, props)] as const,
  );
  const machineClients = Object.fromEntries(machines);
  const clients = { [PEOPLE]: peopleClient, ...machineClients };
  trigger?.publishClients(clients);

  const domain = new cognito.UserPoolDomain(scope, 'Domain', {
    userPool,
    cognitoDomain: { domainPrefix: declaration.domainPrefix ?? domainPrefix(scope, context.gatewayName) },
    managedLoginVersion: cognito.ManagedLoginVersion.CLASSIC_HOSTED_UI,
  });
  const endpoints = domainEndpoints(domain);
  if (asksForAudience(declaration.customClaims)) warn(scope, diagnostic('IDENTITY_COGNITO_AUDIENCE', {}));
  const requiredScopes = declaration.requireScope ? [...declaration.scopes.keys()].map(fullName) : [];
  const claims = declaration.tokenClaims;
  const manifest: IdentityManifest = {
    kind: 'cognito',
    authorization: 'jwt',
    accessTokenSeconds: declaration.accessTokenValidity.toSeconds(),
    discoveryUrl: discoveryUrl(userPool),
    allowedClients: Object.values(clients).map((client) => client.userPoolClientId),
    allowedAudiences: [],
    allowedScopes: requiredScopes,
    customClaims: declaration.customClaims.map((claim) => claim._manifest()),
    claims,
    groups: declaration.groups,
    clients: [
      {
        name: PEOPLE,
        clientId: peopleClient.userPoolClientId,
        flow: 'code',
        scopes: [...PEOPLE_SCOPES, ...declaration.people.scopes.map(fullName)],
        callbackUrls: declaration.people.callbackUrls,
        logoutUrls: declaration.people.logoutUrls,
      },
      ...machines.map(([name, client]) => ({
        name,
        clientId: client.userPoolClientId,
        flow: 'client-credentials' as const,
        scopes: (declaration.machines.get(name) ?? []).map(fullName),
      })),
    ],
    preTokenGeneration: trigger?.manifest(),
    tokenEndpointUrl: endpoints.token,
  };
  return {
    authorizer: agentcore.GatewayAuthorizer.usingCognito({
      userPool,
      allowedClients: Object.values(clients),
      allowedScopes: requiredScopes.length > 0 ? requiredScopes : undefined,
      customClaims: declaration.customClaims.map((claim) => claim._render()),
    }),
    authorizerOverrides: {},
    authorization: 'jwt',
    principalType: OAUTH_USER,
    manifest,
    claims,
    scopes: requiredScopes,
    personas: declaration.personas,
    tokenEndpointUrl: endpoints.token,
    discoveryUrl: discoveryUrl(userPool),
    userPool,
    peopleClient,
    machineClients,
    outputs: {
      UserPoolId: userPool.userPoolId,
      PeopleClientId: peopleClient.userPoolClientId,
      ...Object.fromEntries(machines.map(([name, client]) => [machineClientOutput(name), client.userPoolClientId])),
      TokenEndpointUrl: endpoints.token,
      AuthorizationEndpointUrl: endpoints.authorization,
    },
  };
}

/** Only where tokens are to differ from what Cognito issues by itself. */
function createTrigger(
  scope: Construct,
  userPool: cognito.UserPool,
  declaration: CognitoDeclaration,
  context: IdentityContext,
  fullName: (scope: string) => string,
): PreTokenGeneration | undefined {
  const { claims, people } = declaration;
  const apiSignInScopes = people.adminPasswordSignIn ? people.scopes.map(fullName) : [];
  if (claims.length === 0 && apiSignInScopes.length === 0) return undefined;
  const config = { claims, clients: clientsOfClaims(declaration), apiSignInScopes };
  return new PreTokenGeneration(scope, 'PreTokenGeneration', { userPool, config, context });
}

function createScopes(
  scope: Construct,
  userPool: cognito.UserPool,
  userPoolResourceServerName: string,
  identifier: string,
  declaration: CognitoDeclaration,
): ReadonlyMap<string, cognito.OAuthScope> {
  const scopes = [...declaration.scopes].map(
    ([scopeName, scopeDescription]) => new cognito.ResourceServerScope({ scopeName, scopeDescription }),
  );
  const server = new cognito.UserPoolResourceServer(scope, 'ResourceServer', {
    userPool,
    userPoolResourceServerName,
    identifier,
    scopes,
  });
  return new Map(scopes.map((one) => [one.scopeName, cognito.OAuthScope.resourceServer(server, one)]));
}
