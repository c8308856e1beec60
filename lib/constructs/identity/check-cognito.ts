import { Token } from 'aws-cdk-lib';
import { FeaturePlan } from 'aws-cdk-lib/aws-cognito';
import { isMatchable } from '../../contract/claim-names';
import { LOOPBACK_NAMES } from '../../contract/loopback';
import { STANDARD_ATTRIBUTES } from '../../contract/user-attributes';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import { checkClaims } from './check-claims';
import { checkCustomClaims } from './check-custom-claims';
import { type CognitoDeclaration, PEOPLE } from './cognito-declaration';
import { isDomainPrefix } from './domain-prefix';

/** Narrowed from what Cognito takes, so that a client's id has an environment variable of its own. */
const CLIENT_NAME_PATTERN = /^(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Source: Amazon Cognito API reference, ResourceServerScopeType; narrowed to what needs no quoting. */
const SCOPE_PATTERN = /^[A-Za-z0-9_.:-]{1,64}$/;

/** Source: Amazon Cognito API reference, CreateGroup. */
const GROUP_PATTERN = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** Source: Amazon Cognito API reference, CreateResourceServer; shortened so that a full scope fits into the gateway's 255 characters. */
const IDENTIFIER_PATTERN = /^[\x21\x23-\x29\x2B-\x5B\x5D-\x7E]{1,190}$/;

/** Names and ids that fit into one standard parameter of 4 KB. */
const MAX_CLIENTS_OF_CLAIMS = 60;

/** Wrong options of a user pool, all at once. */
export function checkCognito(declaration: CognitoDeclaration): Diagnostic[] {
  const { claims, groups, machines, resourceServerIdentifier, domainPrefix, featurePlan } = declaration;
  const clients = [PEOPLE, ...machines.keys()];
  const findings = [
    ...checkGroups(groups),
    ...checkClaims(claims, { configured: true, groups, clients }),
    ...checkMachines([...machines.keys()], clientsOfClaims(declaration).length),
    ...checkScopes(declaration),
    ...checkCustomClaims(declaration.customClaims, declaration.tokenClaims, groups),
    ...checkPeople(declaration),
  ];
  if (featurePlan === FeaturePlan.LITE) findings.push(diagnostic('IDENTITY_FEATURE_PLAN', { plan: featurePlan }));
  if (declaration.signInAliases.phone) findings.push(diagnostic('IDENTITY_PHONE_SIGN_IN', {}));
  if (isWrong(resourceServerIdentifier, (text) => IDENTIFIER_PATTERN.test(text))) {
    findings.push(diagnostic('IDENTITY_RESOURCE_SERVER_INVALID', { identifier: resourceServerIdentifier ?? '' }));
  }
  if (isWrong(domainPrefix, isDomainPrefix)) {
    findings.push(diagnostic('IDENTITY_DOMAIN_PREFIX', { prefix: domainPrefix ?? '' }));
  }
  return findings;
}

/** Names of the clients whose claims differ. */
export function clientsOfClaims({ claims }: Pick<CognitoDeclaration, 'claims'>): string[] {
  const names = claims.flatMap((claim) => [
    ...Object.keys(claim.machineValues ?? {}),
    ...(claim.source === 'client' ? Object.keys(claim.values ?? {}) : []),
  ]);
  return [...new Set(names)].sort();
}

/** Wrong groups: their text, and those that policies could not match. */
export function checkGroups(groups: readonly string[]): Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (const [index, group] of groups.entries()) {
    if (!GROUP_PATTERN.test(group)) findings.push(diagnostic('IDENTITY_GROUP_INVALID', { group }));
    else if (!isMatchable(group)) findings.push(diagnostic('IDENTITY_UNMATCHABLE', { where: 'groups', text: group }));
    if (groups.indexOf(group) !== index) findings.push(diagnostic('IDENTITY_DUPLICATE_GROUP', { group }));
  }
  return findings;
}

function checkMachines(names: readonly string[], clientsWithClaims: number): Diagnostic[] {
  const findings = names
    .filter((name) => name === PEOPLE || !CLIENT_NAME_PATTERN.test(name))
    .map((client): Diagnostic => diagnostic('IDENTITY_CLIENT_NAME_INVALID', { client }));
  if (clientsWithClaims > MAX_CLIENTS_OF_CLAIMS) {
    const max = MAX_CLIENTS_OF_CLAIMS;
    findings.push(diagnostic('IDENTITY_TOO_MANY_CLIENTS', { count: clientsWithClaims, max }));
  }
  return findings;
}

function checkScopes(declaration: CognitoDeclaration): Diagnostic[] {
  const scopes = [...declaration.scopes.keys()];
  if (scopes.length === 0) return [diagnostic('IDENTITY_NO_SCOPE', {})];
  const uses = new Map([['people.scopes', declaration.people.scopes]]);
  for (const [name, used] of declaration.machines) uses.set(`machines.${name}.scopes`, used);
  const invalid = scopes.filter((scope) => !SCOPE_PATTERN.test(scope));
  return [
    ...invalid.map((scope): Diagnostic => diagnostic('IDENTITY_SCOPE_INVALID', { scope })),
    ...[...uses].flatMap(([where, used]) =>
      used.length === 0
        ? [diagnostic('IDENTITY_LIST_EMPTY', { option: where })]
        : used
            .filter((scope) => !scopes.includes(scope))
            .map((scope) =>
              diagnostic('IDENTITY_UNKNOWN_SCOPE', { where, scope, scopes, suggestion: suggest(scope, scopes) }),
            ),
    ),
  ];
}

function checkPeople({ claims, people }: CognitoDeclaration): Diagnostic[] {
  const findings: Diagnostic[] = [];
  if (people.callbackUrls.length === 0) {
    findings.push(diagnostic('IDENTITY_LIST_EMPTY', { option: 'people.callbackUrls' }));
  }
  for (const url of [...people.callbackUrls, ...people.logoutUrls]) {
    if (isWrong(url, isCallbackUrl)) findings.push(diagnostic('IDENTITY_CALLBACK_URL', { url }));
  }
  const where = 'people.writableAttributes';
  for (const attribute of people.writableAttributes) {
    const claim = claims.find((candidate) => candidate.attribute === attribute);
    if (claim) findings.push(diagnostic('IDENTITY_CLAIM_WRITABLE', { where, attribute, claim: claim.name }));
    else if (!STANDARD_ATTRIBUTES.includes(attribute)) {
      const suggestion = suggest(attribute, STANDARD_ATTRIBUTES);
      findings.push(diagnostic('IDENTITY_WRITABLE_ATTRIBUTE', { attribute, suggestion }));
    }
  }
  return findings;
}

/** Source: Amazon Cognito API reference, CreateUserPoolClient, CallbackURLs. */
function isCallbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, hash } = new URL(text);
  if (hash !== '' || text.endsWith('#')) return false;
  return protocol !== 'http:' || LOOPBACK_NAMES.includes(hostname);
}

function isWrong(text: string | undefined, test: (text: string) => boolean): boolean {
  return text !== undefined && !Token.isUnresolved(text) && !test(text);
}
