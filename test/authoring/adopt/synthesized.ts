import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Template } from '../../../lib/contract/drift/stack';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import { SOURCES } from '../../docs/program-folder';

type StackClass = new (scope: Construct, id: string, props?: StackProps) => Stack;

/** What the stack of a project synthesizes, run in this process from the sources of the library. */
export interface Synthesized {
  readonly template: Template & { readonly [member: string]: unknown };
  /** Undefined for a stack without a governed gateway. */
  readonly manifest: GatewayManifest | undefined;
}

/** @param project folder of the project. @param file of the stack, which exports one class */
export async function synthesized(project: string, file: string): Promise<Synthesized> {
  // Beside the tests, so that aws-cdk-lib resolves.
  const folder = mkdtempSync(join(__dirname, '.adopted-'));
  const before = process.cwd();
  try {
    const text = readFileSync(join(project, file), 'utf8');
    const path = join(folder, 'stack.ts');
    writeFileSync(path, text.replace("'governed-gateway'", `'${SOURCES['governed-gateway'] ?? ''}'`));
    const [Class] = Object.values((await import(path)) as { readonly [name: string]: StackClass });
    if (Class === undefined) throw new Error(`${file} exports nothing`);
    process.chdir(project);
    const app = new App({ outdir: join(folder, 'cdk.out') });
    new Class(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    const assembly = app.synth();
    return {
      template: assembly.getStackByName('Shop').template as Synthesized['template'],
      manifest: readJson(join(folder, 'cdk.out', 'Shop.Gateway.gateway.json')) as GatewayManifest | undefined,
    };
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
