import { IAM_ENTITY, OAUTH_USER } from '../../../contract/claims';
import type { JsonObject, JsonValue } from '../../../contract/json';
import type { IdentityManifest } from '../../../contract/manifest';
import { subOf } from '../../../contract/persona-sub';
import { ANYBODY } from '../../proof/witness/call-of-model';
import type { Witness } from '../../proof/witness/witness';
import type { Persona } from '../file/test-file';
import type { PersonaData } from '../file/test-file-schema';
import { claimsOf } from '../run/persona-claims';

/** A persona as a test file says it. */
export interface SuggestedPersona {
  readonly name: string;
  readonly data: PersonaData;
}

/** Personas that make the call of a witness, the plainest first. Whether one really does, a run tells. */
export function personasOf({ claims, call }: Witness, name: string, identity?: IdentityManifest): SuggestedPersona[] {
  const { type, id } = call.principal;
  if (type !== OAUTH_USER) return [{ name, data: type === IAM_ENTITY ? { iam: id } : { anonymous: true } }];
  const { sub = id, ...others } = claims ?? {};
  const { username: _said, ...nameless } = asIssued(name, others, identity);
  const username = identity?.kind !== 'oidc' && typeof others['username'] === 'string' ? others['username'] : name;
  const exact = sub === subOf({ username, attributes: {} }) ? others : { sub, ...others };
  const named = [asIssued(username, exact, identity), asClaims(username, exact, identity)];
  return [...(sub === ANYBODY ? [nameless] : []), ...named].map((data) => ({ name, data }));
}

/** A persona of a test file again as data. */
export function personaData(persona: Persona): PersonaData {
  const { username, groups, attributes, client, scopes, claims, iam, anonymous, trusted } = persona;
  return {
    ...(username === undefined ? {} : { username }),
    ...(groups.length === 0 ? {} : { groups: [...groups] }),
    ...(isEmpty(attributes) ? {} : { attributes }),
    ...(client === undefined ? {} : { client }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
    ...(isEmpty(claims) ? {} : { claims }),
    ...(iam === undefined ? {} : { iam }),
    ...(anonymous ? { anonymous } : {}),
    ...(isEmpty(trusted) ? {} : { trusted }),
  };
}

/** Groups and attributes from which the identity provider makes the claims, as far as it does; so a live gateway can sign the persona in. */
function asIssued(username: string, claims: JsonObject, identity: IdentityManifest | undefined): PersonaData {
  const groups = identity?.kind === 'oidc' ? undefined : textsOf(claims['cognito:groups']);
  const attributes: [string, string][] = [];
  const others: [string, JsonValue][] = [];
  for (const [claim, value] of Object.entries(claims)) {
    const attribute = identity?.claims?.find(({ name, source }) => name === claim && source === 'attribute')?.attribute;
    if (claim === 'cognito:groups' && groups !== undefined) continue;
    if (claim === 'username' && value === username && identity?.kind !== 'oidc') continue;
    if (attribute !== undefined && typeof value === 'string') attributes.push([attribute, value]);
    else if (value !== undefined) others.push([claim, value]);
  }
  return {
    username,
    ...(groups === undefined ? {} : { groups }),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    ...(others.length === 0 ? {} : { claims: Object.fromEntries(others) }),
  };
}

/** Exactly these claims: what the identity provider would add is taken away. */
function asClaims(username: string, claims: JsonObject, identity: IdentityManifest | undefined): PersonaData {
  const plain = { name: username, username, groups: [], attributes: {}, claims: {}, anonymous: false, trusted: {} };
  const added = Object.keys(claimsOf(plain, identity)).filter(
    (claim) => claim !== 'sub' && !Object.hasOwn(claims, claim),
  );
  return { username, claims: { ...claims, ...Object.fromEntries(added.map((claim) => [claim, null])) } };
}

function textsOf(value: JsonValue | undefined): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((item) => typeof item === 'string') ? value : undefined;
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
