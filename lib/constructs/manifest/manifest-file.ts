import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { attachCustomSynthesis, type CfnElement, type ISynthesisSession, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type GatewayManifest, type LocalManifest, MANIFEST_SUFFIX, type SqlManifest } from '../../contract/manifest';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { LocalOptions, LocalSql } from './local-options';

/** Ending of the Cedar schema beside the manifest, which editors validate `.cedar` files with. */
const SCHEMA_SUFFIX = '.cedarschema';

/** A manifest without what its writer knows, and the schema's text. */
export interface ManifestParts {
  readonly manifest: Omit<GatewayManifest, 'schema'>;
  readonly schemaText: string;
  readonly local: LocalOptions | undefined;
}

/**
 * Writes the gateway manifest and the Cedar schema beside the template: `<stack>.<id>.gateway.json`.
 * `attachCustomSynthesis` is the hook that aws-cdk-lib's own constructs write such files with; it is not part of jsii.
 */
export function writeManifest(scope: Construct, parts: () => ManifestParts): void {
  attachCustomSynthesis(scope, {
    onSynthesize: (session: ISynthesisSession) => {
      const { manifest, schemaText, local } = parts();
      const name = `${Stack.of(scope).artifactId}.${scope.node.id}`;
      const write = (suffix: string, text: string): void =>
        writeFileSync(join(session.outdir, `${name}${suffix}`), text);
      write(SCHEMA_SUFFIX, schemaText);
      const sql = local?.sql && copySql(scope, local.sql, session.outdir, name);
      const completeLocal: LocalManifest = {
        ...manifest.local,
        ...(sql && { athena: sql }),
        ...(local?.values && { values: local.values }),
      };
      const complete: GatewayManifest = { ...manifest, local: completeLocal, schema: `${name}${SCHEMA_SUFFIX}` };
      write(MANIFEST_SUFFIX, `${JSON.stringify(complete, undefined, 2)}\n`);
    },
  });
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
    return { logicalId, ...(roleName !== undefined && { roleName }), grants };
  });
  return { database: sql.database, tables, roles };
}
