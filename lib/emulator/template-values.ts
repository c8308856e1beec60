import type { GatewayManifest } from '../contract/manifest';
import { type Resolver, templateResolver } from '../contract/template-values';
import { GovernanceError } from '../diagnostics/governance-error';

/** Account and Region of everything local. */
export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_REGION = 'us-east-1';

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
  return templateResolver({
    lookUp: (reference) => known.get(reference) ?? reference.replace(/\.[^.]*$/, ''),
    unresolved: (value) => {
      throw GovernanceError.of('EMULATOR_VALUE_UNRESOLVED', { value: JSON.stringify(value) });
    },
  });
}
