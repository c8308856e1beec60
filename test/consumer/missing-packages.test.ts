import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../house/source-files';
import { ConsumerProject, readmeProgram } from './consumer-project';

const COMMAND = 'node_modules/governed-gateway/dist/bin/governed-gateway.js';
const MANIFEST = 'cdk.out/Notes.Gateway.gateway.json';

interface Manifest {
  readonly local: { tables: object[]; sql?: object };
  readonly targets: object[];
}

describe('a package that is missing or broken is said as such', () => {
  let project: ConsumerProject;
  let manifest: string;
  beforeAll(() => {
    project = new ConsumerProject();
    for (const [path, text] of readmeProgram()) project.write(path, text);
    project.node('--import', 'tsx', 'app.ts');
    manifest = project.read(MANIFEST);
    project.write('policies/notes.test.yaml', 'tests: []\n');
  });
  afterAll(() => project.remove());

  /** The application with something that the emulator needs a package for. */
  const withChange = (change: (manifest: Manifest) => void): void => {
    const changed = JSON.parse(manifest) as Manifest;
    change(changed);
    project.write(MANIFEST, JSON.stringify(changed));
  };

  it.each([
    ['dynalite', ({ local }: Manifest) => local.tables.push({ logicalId: 'Notes', partitionKey: 'id', seed: [] })],
    [
      '@duckdb/node-api',
      ({ local }: Manifest) => {
        local.sql = { database: 'd', tables: [{ name: 't', file: 't.json', columns: [] }], roles: [] };
      },
    ],
    [
      '@modelcontextprotocol/client',
      ({ targets }: Manifest) =>
        targets.push({ name: 'docs', kind: 'mcp-server', tools: [], endpoint: 'http://127.0.0.1:1/mcp' }),
    ],
  ])('the emulator without %s', (name, change) => {
    withChange(change);
    const printed = project.failure(COMMAND, 'emulate', '--port', '0');
    expect(printed).toContain('error[PACKAGE_MISSING]');
    expect(printed).toContain(`npm install --save-dev ${name}\``);
  });

  it('verification without a client', () => {
    project.write(MANIFEST, manifest);
    const printed = project.failure(COMMAND, 'verify', '--emulator');
    expect(printed).toContain('npm install --save-dev @modelcontextprotocol/client`');
  });

  it('what asks AWS without its client', () => {
    const printed = project.failure(COMMAND, 'generate', 'Finance may read notes');
    expect(printed).toContain('a command that asks AWS about a deployed gateway needs the package');
    expect(printed).toContain('npm install --save-dev @aws-sdk/client-cloudformation`');
  });

  it('what asks a running emulator as AWS is asked, without the client of the control plane', () => {
    const printed = project.failure(COMMAND, 'verify', '--control-plane', '--emulator', 'http://127.0.0.1:1');
    expect(printed).toContain('a command that asks the control plane of a running emulator needs the package');
    expect(printed).toContain('npm install --save-dev @aws-sdk/client-bedrock-agentcore-control`');
    expect(printed).not.toContain('asks AWS');
  });

  it('names the command of the package manager that runs it', () => {
    const printed = project.failure(
      '-e',
      `process.env.npm_config_user_agent = 'pnpm/10.0.0'; process.argv = ['', '', 'verify', '--emulator']; require('./${COMMAND}')`,
    );
    expect(printed).toContain('pnpm add --save-dev @modelcontextprotocol/client`');
  });

  it('policies are not wrong because Cedar is not there', () => {
    project.unlink('@cedar-policy/cedar-wasm');
    for (const printed of [project.failure(COMMAND, 'validate'), project.failure('--import', 'tsx', 'app.ts')]) {
      expect(printed).toContain('PACKAGE_BROKEN');
      expect(printed).toContain('the package `@cedar-policy/cedar-wasm` cannot be loaded');
      expect(printed).not.toContain('POLICY_');
    }
    project.link('@cedar-policy/cedar-wasm');
  });

  it('what synthesis asked of the schema generator is not asked again, until a tool changes', () => {
    project.write(MANIFEST, manifest);
    const name = '@cedar-policy/mcp-schema-generator-wasm';
    const { main } = JSON.parse(project.read(`node_modules/${name}/package.json`)) as { main: string };
    const { version } = JSON.parse(project.read(`node_modules/${name}/package.json`)) as { version: string };
    project.unlink(name);
    project.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version, main }));
    project.write(`node_modules/${name}/${main}`, "throw new Error('it was asked')");
    expect(project.node(COMMAND, 'validate')).toContain('no findings');
    withChange(({ targets }) => targets.push({ ...targets[0], name: 'others' }));
    expect(project.failure(COMMAND, 'validate')).toContain('it was asked');
  });

  it('sources are not wrong because the bundler was installed on another system', () => {
    project.unlink('esbuild');
    const folder = join(project.directory, 'node_modules/esbuild');
    mkdirSync(folder);
    for (const file of ['package.json', 'lib']) {
      cpSync(join(ROOT, 'node_modules/esbuild', file), join(folder, file), { recursive: true });
    }
    writeFileSync(join(folder, 'install.js'), '');
    const printed = project.failure('--import', 'tsx', 'app.ts');
    expect(printed).toContain('PACKAGE_BROKEN');
    expect(printed).toContain('the package `esbuild` cannot be loaded');
  });
});
