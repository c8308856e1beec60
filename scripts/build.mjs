// Builds dist/: the library by tsc, the two kits as ECMAScript modules too, and by esbuild each Lambda function as one file, and the command line.
// `node scripts/build.mjs` builds everything; `node scripts/build.mjs NAME...` only the named Lambda bundles.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleCommandLine } from './bundle-command-line.mjs';
import { bundleInterceptor } from './bundle-interceptor.mjs';
import { markThrows } from './mark-throws.mjs';
import { nameModules } from './name-modules.mjs';
import { pruneDeclarations } from './prune-declarations.mjs';
import { thirdPartyNotices } from './third-party.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Libraries for other code to import, compiled by tsc, and tools, which each app bundles at synth.
const notBundled = new Set(['interceptor-kit', 'tool-kit', 'tools']);

// The Lambda runtime carries the AWS SDK, but of a version that may lack a young service's newest members. These are not young.
const sdkBundled = new Set(['policy-engine', 'enforcement-guard']);
const ofRuntime = ['cloudformation', 'cloudwatch-logs', 's3', 'secrets-manager', 'sns'].map(
  (name) => `@aws-sdk/client-${name}`,
);

function bundleNames() {
  return readdirSync(join(root, 'lambda'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notBundled.has(entry.name))
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(root, 'lambda', name, 'index.ts')));
}

/** Writes the bundle and gives the paths of what is in it. */
async function bundle(name) {
  if (name.endsWith('-interceptor')) return bundleInterceptor(name, join(root, 'dist/lambda', name));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`lambda/${name}/index.ts`],
    outfile: `dist/lambda/${name}/index.js`,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    // Names of classes and functions cost 4 KB of an interceptor. The SDK's own classes are the only ones whose names anybody reads.
    keepNames: sdkBundled.has(name),
    // The guard's is larger than its code, nearly all of it the SDK's, and took the package beyond its size.
    sourcemap: name === 'enforcement-guard' ? false : 'linked',
    sourcesContent: false,
    legalComments: 'none',
    external: sdkBundled.has(name) ? ofRuntime : ['@aws-sdk/*', '@smithy/*'],
    tsconfig: 'lambda/tsconfig.json',
    logLevel: 'warning',
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}

/** Writes JavaScript and declarations. What is wrong with types is for `npm run typecheck` to say, once. */
function compile(project) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', project, '--noCheck'], { cwd: root, stdio: 'inherit' });
}

const only = process.argv.slice(2);
if (only.length === 0) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  compile('tsconfig.build.json');
  compile('tsconfig.esm.json');
  nameModules(join(root, 'dist/esm'));
  markThrows(join(root, 'dist/lib'));
  pruneDeclarations(root);
  for (const folder of ['lib/emulator/page/web', 'lib/emulator/dashboard']) {
    mkdirSync(join(root, 'dist', folder), { recursive: true });
    for (const file of readdirSync(join(root, folder)).filter((name) => /\.(html|css|m?js)$/.test(name))) {
      copyFileSync(join(root, folder, file), join(root, 'dist', folder, file));
    }
  }
}
const inputs = [];
for (const name of only.length > 0 ? only : bundleNames()) inputs.push(...(await bundle(name)));
if (only.length === 0) {
  inputs.push(...(await bundleCommandLine(root)));
  chmodSync(join(root, 'dist/bin/governed-gateway.js'), 0o755);
  writeFileSync(join(root, 'dist/THIRD-PARTY.txt'), thirdPartyNotices(root, inputs));
}
