import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { attachCustomSynthesis, type CfnElement, type ISynthesisSession, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  type GatewayManifest,
  type LocalManifest,
  MANIFEST_SUFFIX,
  type SourceFile,
  type SqlManifest,
} from '../../contract/manifest';
import { GovernanceError } from '../../diagnostics/governance-error';
import { sourceFiles } from '../../policy/assembly/source-hash';
import type { GatewayPart } from '../parts/gateway-part';
import type { GatewayView } from '../parts/gateway-view';
import type { LocalOptions, LocalSql } from './local-options';
import { hashedProgram } from './program-files';

/** Ending of the Cedar schema beside the manifest, which editors validate `.cedar` files with. */
const SCHEMA_SUFFIX = '.cedarschema';

export interface ManifestFileProps {
  /** Parts that together say everything but the schema. */
  readonly parts: readonly GatewayPart[];
  /** The gateway as it stands. Called at synthesis. */
  readonly view: () => GatewayView;
  readonly local: LocalOptions;
}

/**
 * Writes the gateway manifest and the Cedar schema beside the template: `<stack>.<id>.gateway.json`.
 * `attachCustomSynthesis` is the hook that aws-cdk-lib's own constructs write such files with; it is not part of jsii.
 */
export function writeManifest(scope: Construct, { parts, view, local }: ManifestFileProps): void {
  attachCustomSynthesis(scope, {
    onSynthesize: (session: ISynthesisSession) => {
      const manifest = joinParts(parts, view());
      const name = `${Stack.of(scope).artifactId}.${scope.node.id}`;
      const write = (suffix: string, text: string): void =>
        writeFileSync(join(session.outdir, `${name}${suffix}`), text);
      write(SCHEMA_SUFFIX, view().compiled.schemaText);
      const sql = local.sql && copySql(scope, local.sql, session.outdir, name);
      const completeLocal: LocalManifest = {
        ...manifest.local,
        ...(sql && { sql }),
        ...(local.values && { values: local.values }),
      };
      const read = parts.flatMap((part) => part.sources?.(view()) ?? []);
      const rows = (local.sql?.tables ?? []).map(({ file }) => file);
      const complete: GatewayManifest = {
        ...manifest,
        local: completeLocal,
        schema: `${name}${SCHEMA_SUFFIX}`,
        sources: joinSources(sourceFiles([...read, ...rows]), hashedProgram(scope)),
      };
      write(MANIFEST_SUFFIX, `${JSON.stringify(complete, undefined, 2)}\n`);
    },
  });
}

/** Files of both lists, each once, in the order of their names. */
function joinSources(...lists: (readonly SourceFile[])[]): SourceFile[] {
  const byName = new Map(lists.flat().map((source) => [source.file, source]));
  return [...byName.values()].sort((one, other) => (one.file < other.file ? -1 : 1));
}

/** What the parts say, with the members of `local` joined one by one. Only names of files are missing. */
function joinParts(parts: readonly GatewayPart[], view: GatewayView): Omit<GatewayManifest, 'schema' | 'sources'> {
  const said = parts.map((part) => part.manifest?.(view));
  const local = Object.assign({}, ...said.map((members) => members?.local)) as LocalManifest;
  return Object.assign({}, ...said, { local }) as GatewayManifest;
}

/** Copies the rows beside the manifest, so that an assembly runs without the app's sources. */
function copySql(scope: Construct, sql: LocalSql, outdir: string, name: string): SqlManifest {
  const stack = Stack.of(scope);
  const tables = sql.tables.map((table) => {
    const source = resolve(table.file);
    if (!existsSync(source)) throw GovernanceError.of('GATEWAY_LOCAL_FILE_MISSING', { file: table.file });
    const file = join(`${name}.local`, basename(table.file));
    mkdirSync(dirname(join(outdir, file)), { recursive: true });
    copyFileSync(source, join(outdir, file));
    const columns = Object.entries(table.columns).map(([column, type]) => ({ name: column, type }));
    return { name: table.name, file, columns };
  });
  const roles = sql.roles.map(({ role, roleName, grants }) => {
    const logicalId = stack.getLogicalId(role.node.defaultChild as CfnElement);
    const trustPolicy = role instanceof iam.Role && stack.resolve(role.assumeRolePolicy);
    return { logicalId, ...(roleName !== undefined && { roleName }), ...(trustPolicy && { trustPolicy }), grants };
  });
  return { database: sql.database, tables, roles };
}
