import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from '../house/source-files';
import { ConsumerProject } from './consumer-project';

const KITS = ['governed-gateway/interceptor', 'governed-gateway/tool'];

/** The chain of docs/interceptors.md: all built-in steps and one of a team's own. */
const CHAIN = /^```ts interceptors\/request\.ts\n([\s\S]*?)^```$/m.exec(read('docs/interceptors.md'))?.[1] ?? '';

const ONE_STEP = `
import { deny, requestInterceptor, type Step } from 'governed-gateway/interceptor';
const closed: Step = { name: 'closed', request: () => deny('closed') };
export const handler = requestInterceptor(closed);
`;

describe('the kits as ECMAScript modules', () => {
  let project: ConsumerProject;
  beforeAll(() => {
    project = new ConsumerProject();
    project.write('chain.ts', CHAIN);
    project.write('one-step.ts', ONE_STEP);
  });
  afterAll(() => project.remove());

  const bundle = (entry: string, format: 'cjs' | 'esm'): { readonly file: string; readonly kilobytes: number } => {
    const file = `${entry}-${format}.${format === 'cjs' ? 'cjs' : 'mjs'}`;
    const options = {
      entryPoints: [`${entry}.ts`],
      outfile: file,
      bundle: true,
      minify: true,
      platform: 'node',
      format,
      external: ['@aws-sdk/*'],
    };
    project.node('-e', `require('esbuild').buildSync(${JSON.stringify(options)})`);
    return { file, kilobytes: statSync(join(project.directory, file)).size / 1024 };
  };

  it.each(KITS)('%s gives import and require the same names', (kit) => {
    project.write('names.mjs', `import * as kit from '${kit}'; console.log(Object.keys(kit).sort().join());`);
    const required = project.node('-p', `Object.keys(require('${kit}')).sort().join()`);
    expect(project.node('names.mjs')).toBe(required);
  });

  it('leave out of a bundle what a chain does not use', () => {
    // The chain of the page takes configured steps: every built-in one.
    expect(bundle('chain', 'cjs').kilobytes).toBeLessThanOrEqual(230);
    expect(bundle('one-step', 'cjs').kilobytes).toBeLessThanOrEqual(17);
  });

  it.each(['cjs', 'esm'] as const)('find their configuration beside a bundle of format %s', (format) => {
    const { file } = bundle('one-step', format);
    const config = { version: 1, authorization: 'none', inputSchemas: {}, steps: [] };
    project.write('config.json', JSON.stringify(config));
    project.write(
      'call.mjs',
      `process.env.LAMBDA_TASK_ROOT = import.meta.dirname;
       const { handler } = await import('./${file}');
       console.log(JSON.stringify(await handler({})));`,
    );
    expect(project.node('call.mjs')).toContain('malformed-message');
  });
});
