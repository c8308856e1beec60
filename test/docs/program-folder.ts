import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../house/source-files';

/** Sources of what a program of a page imports from the package. */
export const SOURCES: { readonly [specifier: string]: string } = {
  'governed-gateway': join(ROOT, 'lib/index.ts'),
  'governed-gateway/interceptor': join(ROOT, 'lambda/interceptor-kit/index.ts'),
  'governed-gateway/tool': join(ROOT, 'lambda/tool-kit/index.ts'),
  'governed-gateway/policy': join(ROOT, 'lib/policy/index.ts'),
  'governed-gateway/emulator': join(ROOT, 'lib/emulator/index.ts'),
};

/** Programs of a page as files. Inside the checkout, so that aws-cdk-lib, vitest and zod resolve. */
export class ProgramFolder {
  private readonly directory = mkdtempSync(join(__dirname, '.programs-'));

  constructor(programs: Iterable<readonly [name: string, text: string]>) {
    const paths = Object.fromEntries(Object.entries(SOURCES).map(([specifier, source]) => [specifier, [source]]));
    const compilerOptions = { noEmit: true, noUnusedLocals: false, paths, rootDir: ROOT };
    const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['**/*.ts'] };
    for (const [name, text] of [...programs, ['tsconfig.json', JSON.stringify(config)] as const]) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** What the compiler says of the programs; nothing when they are right. */
  compilerOutput(): string {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', this.directory], { encoding: 'utf8' });
    return status === 0 ? stdout : `${stdout}exit ${status}`;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
