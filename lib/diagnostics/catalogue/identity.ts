import { didYouMean, error, warning } from './entry';

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'there is none' : `there is ${names.map((name) => `\`${name}\``).join(', ')}`;

/** Findings about identities: user pools, claims, clients, issuers. */
export const IDENTITY = {
  IDENTITY_CLAIM_RESERVED: error(
    (p: { claim: string }) => `claim \`${p.claim}\` belongs to Cognito, which would ignore another value`,
    () => 'choose another name; standard claims such as `client_id` and `cognito:groups` are in every token already',
  ),
  IDENTITY_CLAIM_NAME_INVALID: error(
    (p: { claim: string }) => `claim name \`${p.claim}\` cannot be used in policies`,
    () => 'start with a letter and use letters, digits and `_ . : / -`, at most 255 characters',
  ),
  IDENTITY_CLAIM_SOURCE: error(
    (p: { claim: string; configured: boolean }) =>
      p.configured
        ? `claim \`${p.claim}\` is only declared, but nobody else puts it into the tokens of this user pool`
        : `claim \`${p.claim}\` has a source, but this issuer's tokens are not configured here`,
    (p) =>
      p.configured
        ? 'say where it comes from: `Claim.fromAttribute`, `Claim.fromGroups` or `Claim.fromClient`'
        : 'use `Claim.declared()` or `Claim.declaredList()` for what the issuer emits by itself; for a user pool of this app set `attachTrigger: true`',
  ),
  IDENTITY_CLAIM_VALUE_EMPTY: error(
    (p: { where: string }) => `\`${p.where}\` is an empty text, and empty claims are left out of tokens`,
    () => 'give a value, or remove the entry so that the claim is absent',
  ),
  IDENTITY_CLAIM_WRITABLE: error(
    (p: { where: string; attribute: string; claim: string }) =>
      `users could write attribute \`${p.attribute}\`, from which claim \`${p.claim}\` comes`,
    (p) => `list without it what users may write in \`${p.where}\`, so that nobody can grant rights to themselves`,
  ),
  IDENTITY_UNMATCHABLE: error(
    (p: { where: string; text: string }) =>
      `\`${p.text}\` in \`${p.where}\` contains \`*\`, \`"\` or \`\\\`, which policies cannot match in an array claim`,
    () => 'use a name without these characters',
  ),
  IDENTITY_UNKNOWN_ATTRIBUTE: error(
    (p: { where: string; attribute: string; suggestion: string | undefined }) =>
      `\`${p.where}\` names \`${p.attribute}\`, which is no attribute of the user pool`,
    (p) =>
      didYouMean(
        p.suggestion,
        'name a standard attribute such as `email`, or a custom one, `custom:` and at most 20 characters, that a claim reads',
      ),
  ),
  IDENTITY_UNKNOWN_GROUP: error(
    (p: { where: string; group: string; groups: readonly string[]; suggestion: string | undefined }) =>
      `\`${p.where}\` names group \`${p.group}\`, which is not declared`,
    (p) => didYouMean(p.suggestion, `add it to \`groups\`; ${list(p.groups)}`),
  ),
  IDENTITY_UNKNOWN_CLIENT: error(
    (p: { where: string; client: string; clients: readonly string[]; suggestion: string | undefined }) =>
      `\`${p.where}\` names client \`${p.client}\`, which is not declared`,
    (p) => didYouMean(p.suggestion, `name a declared client; ${list(p.clients)}`),
  ),
  IDENTITY_UNKNOWN_SCOPE: error(
    (p: { where: string; scope: string; scopes: readonly string[]; suggestion: string | undefined }) =>
      `\`${p.where}\` names scope \`${p.scope}\`, which is not declared`,
    (p) => didYouMean(p.suggestion, `add it to \`scopes\`; ${list(p.scopes)}`),
  ),
  IDENTITY_GROUP_INVALID: error(
    (p: { group: string }) => `group name \`${p.group}\` is not one that Cognito takes`,
    () => 'use 1 to 128 letters, digits and signs without spaces',
  ),
  IDENTITY_DUPLICATE_GROUP: error(
    (p: { group: string }) => `group \`${p.group}\` is declared twice`,
    () => 'name each group once',
  ),
  IDENTITY_CLIENT_NAME_INVALID: error(
    (p: { client: string }) => `client name \`${p.client}\` cannot be used`,
    () => 'use lower-case letters, digits and single hyphens, at most 32, starting with a letter; `people` is taken',
  ),
  IDENTITY_TOO_MANY_CLIENTS: error(
    (p: { count: number; max: number }) => `claims differ between ${p.count} clients, more than the ${p.max} that fit`,
    () => 'give the claim to fewer clients, or give each of them a pool and a gateway of its own',
  ),
  IDENTITY_SCOPE_INVALID: error(
    (p: { scope: string }) => `scope \`${p.scope}\` cannot be used`,
    () => 'use letters, digits and `_ . : -`, at most 64 characters, without the identifier of the resource server',
  ),
  IDENTITY_NO_SCOPE: error(
    () => 'a user pool without any scope can issue no token to a machine',
    () => 'leave `scopes` out for the default, or declare at least one',
  ),
  IDENTITY_RESOURCE_SERVER_INVALID: error(
    (p: { identifier: string }) => `resource server identifier \`${p.identifier}\` cannot be used`,
    () => 'use 1 to 190 letters, digits and signs without spaces, quotes, backslashes and asterisks',
  ),
  IDENTITY_CALLBACK_URL: error(
    (p: { url: string }) => `\`${p.url}\` is no address to which Cognito sends a browser back`,
    () => 'use https, http for localhost only, or the scheme of an app, and no fragment',
  ),
  IDENTITY_WRITABLE_ATTRIBUTE: error(
    (p: { attribute: string; suggestion: string | undefined }) =>
      `\`people.writableAttributes\` names \`${p.attribute}\`, which is no standard attribute`,
    (p) => didYouMean(p.suggestion, 'custom attributes carry claims, so that only administrators write them'),
  ),
  IDENTITY_DOMAIN_PREFIX: error(
    (p: { prefix: string }) => `domain prefix \`${p.prefix}\` is not one that Cognito takes`,
    () =>
      'use up to 63 lower-case letters, digits and hyphens, none at either end, and without the words aws, amazon and cognito',
  ),
  IDENTITY_FEATURE_PLAN: error(
    (p: { plan: string }) => `feature plan \`${p.plan}\` has no access token customization`,
    () => 'use `FeaturePlan.ESSENTIALS` or `FeaturePlan.PLUS`',
  ),
  IDENTITY_PHONE_SIGN_IN: error(
    () => 'signing in with a telephone number needs a role that may send messages to anybody',
    () => 'use e-mail addresses or user names, or make the pool yourself and pass it to `Identity.fromUserPool`',
  ),
  IDENTITY_DISCOVERY_URL: error(
    (p: { url: string }) => `\`${p.url}\` is no discovery URL`,
    () =>
      'give the https address that ends in `/.well-known/openid-configuration`, or one with `/.well-known/oauth-authorization-server`',
  ),
  IDENTITY_ACCEPTS_ANY_TOKEN: error(
    (p: { factory: string }) => `\`${p.factory}\` would accept any token of the issuer`,
    () => 'give at least one of the accepted clients, audiences, scopes or custom claims',
  ),
  IDENTITY_NO_AUDIENCE: warning(
    (p: { path: string }) => `gateway \`${p.path}\` takes tokens that the issuer made for other applications`,
    () => 'give `allowedAudiences` or `allowedClients` too, unless the scopes are for this gateway alone',
  ),
  IDENTITY_LIST_EMPTY: error(
    (p: { option: string }) => `\`${p.option}\` is an empty list, which accepts nothing`,
    () => 'leave the option out, or give at least one entry',
  ),
  IDENTITY_CUSTOM_CLAIM_NAME: error(
    (p: { claim: string }) => `the gateway cannot look at a claim named \`${p.claim}\``,
    () => 'use 1 to 255 letters, digits and `_ . / :`; hyphens are not allowed there',
  ),
  IDENTITY_CUSTOM_CLAIM_UNKNOWN: error(
    (p: { claim: string; suggestion: string | undefined }) =>
      `\`customClaims\` asks for claim \`${p.claim}\`, which no token carries, so that every call is refused`,
    (p) => didYouMean(p.suggestion, 'declare it in `claims`, or remove the condition'),
  ),
  IDENTITY_CUSTOM_CLAIM_KIND: error(
    (p: { claim: string; multiValued: boolean }) =>
      p.multiValued
        ? `\`customClaims\` compares claim \`${p.claim}\` as a text, but it is an array`
        : `\`customClaims\` looks into claim \`${p.claim}\` as an array, but it is a text`,
    (p) => (p.multiValued ? 'use `CustomClaim.contains` or `CustomClaim.containsAny`' : 'use `CustomClaim.equals`'),
  ),
  IDENTITY_CUSTOM_CLAIM_IMPOSSIBLE: error(
    (p: { claim: string; value: string; known: readonly string[]; suggestion: string | undefined }) =>
      `\`customClaims\` asks for \`${p.value}\`, which the claim \`${p.claim}\` never holds`,
    (p) => didYouMean(p.suggestion, `use one of ${p.known.map((one) => `\`${one}\``).join(', ')}`),
  ),
  IDENTITY_CUSTOM_CLAIM_VALUE: error(
    (p: { claim: string; value: string }) => `the gateway cannot compare claim \`${p.claim}\` with \`${p.value}\``,
    () => 'give 1 to 255 letters, digits and `_ . -`',
  ),
  IDENTITY_TRIGGER_NEEDS_POOL: error(
    () => '`attachTrigger` asks for a trigger on an imported user pool, which this app cannot change',
    () => 'pass the pool as it is created in this app, or leave `attachTrigger` out and declare what the pool emits',
  ),
  IDENTITY_TRIGGER_TAKEN: error(
    (p: { path: string }) =>
      `\`attachTrigger\` meets user pool \`${p.path}\`, which has a pre-token-generation trigger already`,
    () =>
      'Cognito takes one: let it emit the claims, leave `attachTrigger` out and declare them with `Claim.declared()`; gateways that share a pool attach it once',
  ),
  IDENTITY_COGNITO_AUDIENCE: warning(
    () =>
      'access tokens of a Cognito user pool have no `aud`, unless the client asks for a resource, so that others are refused',
    () => 'give `allowedClients` instead, or use `Identity.fromUserPool`; keep it where every client sends `resource`',
  ),
  IDENTITY_REASON_MISSING: error(
    () => 'a gateway without any authorization has no reason given for it',
    () => 'write down why, or use `Identity.cognito()`',
  ),
  IDENTITY_NONE: warning(
    (p: { path: string; reason: string }) =>
      `gateway \`${p.path}\` takes calls from anybody, and the reason given is \`${p.reason}\``,
    () => 'use `Identity.cognito()`, `Identity.oidc()` or `Identity.iam()` unless that is meant',
  ),
};
