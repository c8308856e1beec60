import type { PersonaManifest } from '../../contract/manifest';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';

/** A user for the emulator and for tests. It goes into the gateway manifest, never into the template, and has no password. */
export interface TestUser {
  /**
   * Groups that the user is in.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Attributes by name, for example `custom:department`. An address or telephone number counts as verified.
   *
   * @default - none
   */
  readonly attributes?: { readonly [name: string]: string };
}

/** Test users as the manifest holds them. */
export function personas(users: { readonly [username: string]: TestUser } = {}): PersonaManifest[] {
  return Object.entries(users).map(([username, user]) => ({
    username,
    groups: user.groups ?? [],
    attributes: { ...verified(user.attributes ?? {}), ...user.attributes },
  }));
}

/** A test user in a group, or with an attribute, that does not exist tests nothing. */
export function checkTestUsers(
  users: { readonly [username: string]: TestUser } | undefined,
  groups: readonly string[],
  attributes?: readonly string[],
): Diagnostic[] {
  return Object.entries(users ?? {}).flatMap(([username, user]) => {
    const where = `testUsers.${username}`;
    const strangeGroups = (user.groups ?? []).filter((group) => !groups.includes(group));
    const strangeAttributes = Object.keys(user.attributes ?? {}).filter(
      (attribute) => attributes !== undefined && !attributes.includes(attribute) && !isVerification(attribute),
    );
    return [
      ...strangeGroups.map((group) =>
        diagnostic('IDENTITY_UNKNOWN_GROUP', { where, group, groups, suggestion: suggest(group, groups) }),
      ),
      ...strangeAttributes.map((attribute) => {
        const suggestion = suggest(attribute, attributes ?? []);
        return diagnostic('IDENTITY_UNKNOWN_ATTRIBUTE', { where, attribute, suggestion });
      }),
    ];
  });
}

function isVerification(attribute: string): boolean {
  return attribute === 'email_verified' || attribute === 'phone_number_verified';
}

function verified(attributes: { readonly [name: string]: string }): { [name: string]: string } {
  const names = ['email', 'phone_number'].filter((name) => name in attributes);
  return Object.fromEntries(names.map((name) => [`${name}_verified`, 'true']));
}
