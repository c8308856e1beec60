import * as cognito from 'aws-cdk-lib/aws-cognito';
import { STANDARD_ATTRIBUTES } from '../../contract/user-attributes';

/** Standard attributes of a user pool, by the name that Cognito gives them, and aws-cdk-lib's word for each. */
const STANDARD: ReadonlyMap<string, keyof cognito.StandardAttributesMask> = new Map([
  ['address', 'address'],
  ['birthdate', 'birthdate'],
  ['email', 'email'],
  ['family_name', 'familyName'],
  ['gender', 'gender'],
  ['given_name', 'givenName'],
  ['locale', 'locale'],
  ['middle_name', 'middleName'],
  ['name', 'fullname'],
  ['nickname', 'nickname'],
  ['phone_number', 'phoneNumber'],
  ['picture', 'profilePicture'],
  ['preferred_username', 'preferredUsername'],
  ['profile', 'profilePage'],
  ['website', 'website'],
  ['zoneinfo', 'timezone'],
]);

/** What users may write where nobody says otherwise: nothing on which a decision should rest. */
export const DEFAULT_WRITABLE: readonly string[] = ['family_name', 'given_name', 'locale', 'name', 'zoneinfo'];

/**
 * Written in place of an empty list, which Cognito takes for its generous default. No claim can read this one.
 * Source: Amazon Cognito API reference, CreateUserPoolClient, WriteAttributes.
 */
const HARMLESS: cognito.StandardAttributesMask = { lastUpdateTime: true };

const CUSTOM_PREFIX = 'custom:';

/** Custom attributes: the prefix and a name of at most 20 characters. Source: Amazon Cognito API reference, SchemaAttributeType. */
const CUSTOM_PATTERN = /^custom:[^\s*"\\]{1,20}$/;

/** Whether a claim can read an attribute of this name. */
export function isReadableAttribute(name: string): boolean {
  return STANDARD.has(name) || name === 'sub' || CUSTOM_PATTERN.test(name);
}

/** The name of a custom attribute without its prefix; undefined for a standard attribute. */
export function customAttributeName(attribute: string): string | undefined {
  return attribute.startsWith(CUSTOM_PREFIX) ? attribute.slice(CUSTOM_PREFIX.length) : undefined;
}

/** The attribute that somebody meant who left out the prefix or mistyped a standard name. */
export function attributeCandidates(attribute: string): readonly string[] {
  const asCustom = `${CUSTOM_PREFIX}${attribute}`;
  return CUSTOM_PATTERN.test(asCustom) ? [...STANDARD_ATTRIBUTES, asCustom] : STANDARD_ATTRIBUTES;
}

/** Attributes as aws-cdk-lib's clients take them. */
export function clientAttributes(names: readonly string[]): cognito.ClientAttributes {
  const mask = Object.fromEntries(names.flatMap((name) => (STANDARD.has(name) ? [[STANDARD.get(name), true]] : [])));
  return new cognito.ClientAttributes().withStandardAttributes(names.length === 0 ? HARMLESS : mask);
}
