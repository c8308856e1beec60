import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../house/source-files';
import { ConsumerProject } from './consumer-project';
import { packed } from './packed';

/** What a consumer needs; anything else in the package is a mistake. */
const SHIPPED = [
  /^package\.json$/,
  /^(README|CHANGELOG|LICENSE)(\.md)?$/,
  /^docs\/.+\.(md|json)$/,
  /^ci\/.+\.yml$/,
  /^templates\/.+$/,
  /^dist\/THIRD-PARTY\.txt$/,
  /^dist\/bin\/governed-gateway\.js$/,
  /^dist\/lib\/.+\.(js|d\.ts|(html|css))$/,
  /^dist\/lib\/emulator\/page\/web\/[\w-]+\.mjs$/,
  /^dist\/lambda\/(interceptor-kit|tool-kit)\/.+\.(js|d\.ts)$/,
  /^dist\/esm\/(lambda\/(interceptor-kit|tool-kit)|lib\/contract)\/.+\.(mjs|d\.mts)$/,
  /^dist\/lambda\/(policy-engine|pre-token-generation|block-notices|enforcement-guard)\/index\.js(\.map)?$/,
  /^dist\/lambda\/(request|response)-interceptor\/((chain|patterns|(step|shared)-[\w-]+)\.js|pieces\.json)$/,
];

const WHOLE = ['policy-engine', 'pre-token-generation', 'block-notices', 'enforcement-guard'];
/** Bundles in pieces, of which synth makes a function. */
const IN_PIECES = ['request-interceptor', 'response-interceptor'];

describe('the package', () => {
  const paths = packed().files.map(({ path }) => path);

  it('ships what a consumer needs and nothing else', () => {
    expect(paths.filter((path) => !SHIPPED.some((pattern) => pattern.test(path)))).toEqual([]);
    for (const name of WHOLE) expect(paths).toContain(`dist/lambda/${name}/index.js`);
    for (const name of IN_PIECES) expect(paths).toContain(`dist/lambda/${name}/pieces.json`);
    expect(paths.filter((path) => /^dist\/lib\/cli\/.+\.d\.ts$/.test(path))).toEqual([]);
  });

  it('bundles each function into files that need nothing but each other, Node.js and the AWS SDK', () => {
    for (const name of [...WHOLE, ...IN_PIECES]) {
      const folder = join(ROOT, 'dist', 'lambda', name);
      const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
      const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
      const required = [...text.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1] as string);
      const foreign = required.filter(
        (id) => !/^(node:|@aws-sdk\/|@smithy\/)/.test(id) && !isBuiltin(id) && !files.includes(id.replace(/^\.\//, '')),
      );
      expect(foreign, name).toEqual([]);
    }
  });

  describe('installed', () => {
    let project: ConsumerProject;
    beforeAll(() => {
      project = new ConsumerProject();
    });
    afterAll(() => project.remove());

    it.each(['.', './interceptor', './tool', './policy', './emulator'])('loads %s', (subpath) => {
      const id = `governed-gateway${subpath.slice(1)}`;
      const names = project.node('-e', `console.log(Object.keys(require('${id}')).length)`);
      expect(Number(names)).toBeGreaterThan(0);
    });

    it('runs its command', () => {
      expect(project.node('node_modules/governed-gateway/dist/bin/governed-gateway.js', '--help')).toContain(
        'validate',
      );
    });
  });
});

function isBuiltin(id: string): boolean {
  return (process.getBuiltinModule('node:module') as typeof import('node:module')).builtinModules.includes(id);
}
