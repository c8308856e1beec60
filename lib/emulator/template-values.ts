import { isJsonObject, type JsonValue } from '../contract/json';
import type { GatewayManifest } from '../contract/manifest';
import { GovernanceError } from '../diagnostics/governance-error';

/** Account and Region of everything local. */
export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_REGION = 'us-east-1';

/** Turns a string or CloudFormation intrinsic of the manifest into the string that local code sees. */
export type Resolver = (value: JsonValue) => string;

const PSEUDO: { readonly [name: string]: string } = {
  'AWS::AccountId': LOCAL_ACCOUNT,
  'AWS::Region': LOCAL_REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** References of local stand-ins: `<logical id>` and `<logical id>.<attribute>`. */
function references(manifest: GatewayManifest): Map<string, string> {
  const known = new Map<string, string>(Object.entries(PSEUDO));
  known.set('AWS::StackName', manifest.stackName);
  known.set(
    'AWS::StackId',
    `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stack/${manifest.stackName}/local`,
  );
  for (const table of manifest.local.tables) {
    known.set(`${table.logicalId}.Arn`, `arn:aws:dynamodb:${LOCAL_REGION}:${LOCAL_ACCOUNT}:table/${table.logicalId}`);
  }
  for (const role of manifest.local.sql?.roles ?? []) {
    known.set(role.logicalId, role.roleName ?? role.logicalId);
    known.set(`${role.logicalId}.Arn`, localRoleArn(role.roleName ?? role.logicalId));
  }
  for (const [name, value] of Object.entries(manifest.local.values ?? {})) known.set(name, value);
  return known;
}

export function localRoleArn(roleName: string): string {
  return `arn:aws:iam::${LOCAL_ACCOUNT}:role/${roleName}`;
}

/** A resolver for one application. A resource without a stand-in is named by its logical id. */
export function resolverOf(manifest: GatewayManifest): Resolver {
  const known = references(manifest);
  const lookUp = (reference: string): string => known.get(reference) ?? reference.replace(/\.[^.]*$/, '');

  function joined(argument: JsonValue): string {
    if (!Array.isArray(argument) || !Array.isArray(argument[1])) return unknown({ 'Fn::Join': argument });
    return argument[1].map(resolve).join(resolve(argument[0] ?? ''));
  }

  function substituted(argument: JsonValue): string {
    const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
    return resolve(text ?? '').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      const own = isJsonObject(values) ? values[name] : undefined;
      return own === undefined ? lookUp(name) : resolve(own);
    });
  }

  function selected(argument: JsonValue): string {
    const [index, list] = Array.isArray(argument) ? argument : [];
    const items = isJsonObject(list) && 'Fn::Split' in list ? split(list['Fn::Split'] ?? null) : list;
    const item = Array.isArray(items) ? items[Number(index)] : undefined;
    return item === undefined ? unknown({ 'Fn::Select': argument }) : resolve(item);
  }

  function split(argument: JsonValue): JsonValue {
    const [separator, text] = Array.isArray(argument) ? argument : [];
    return resolve(text ?? '').split(resolve(separator ?? ''));
  }

  function attribute(argument: JsonValue): string {
    return lookUp(Array.isArray(argument) ? argument.map(resolve).join('.') : resolve(argument));
  }

  const intrinsics: { readonly [name: string]: (argument: JsonValue) => string } = {
    Ref: (argument) => lookUp(resolve(argument)),
    'Fn::GetAtt': attribute,
    'Fn::Join': joined,
    'Fn::Sub': substituted,
    'Fn::Select': selected,
    'Fn::ImportValue': (argument) => lookUp(resolve(argument)),
  };

  function resolve(value: JsonValue): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
    const intrinsic = entry === undefined || others.length > 0 ? undefined : intrinsics[entry[0]];
    return entry === undefined || intrinsic === undefined ? unknown(value) : intrinsic(entry[1]);
  }

  return resolve;
}

function unknown(value: JsonValue): never {
  throw GovernanceError.of('EMULATOR_VALUE_UNRESOLVED', { value: JSON.stringify(value) });
}
