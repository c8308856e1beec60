// Bundles an interceptor as a folder: the chain as index.js, every step as a file of its own, and what several of them share as chunks,
// so that a function holds and loads only the steps of its gateway.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const COMMON = { platform: 'node', target: 'node20', minify: true, legalComments: 'none', logLevel: 'warning' };

/** Lines of a registry of steps: `export { make as argumentLimits } from './argument-limits';` */
const STEP = /^export \{ make as (\w+) \} from '\.\/([^']+)';$/gm;

function kebab(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Entries that export one step as `make`. */
const STEP_ENTRIES = {
  name: 'steps',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^step:/ }, ({ path }) => ({ path: path.slice('step:'.length), namespace: 'step' }));
    onLoad({ filter: /.*/, namespace: 'step' }, ({ path }) => ({
      contents: `export { make } from './lambda/interceptor-kit/steps/${path}';`,
      resolveDir: root,
    }));
  },
};

/** Writes the folder of the REQUEST or RESPONSE interceptor, and `files.json` with the files that the chain and each step need. */
export async function bundleInterceptor(name, outdir) {
  const registry = join(root, 'lambda/interceptor-kit/steps', `${name.replace('-interceptor', '')}-steps.ts`);
  const steps = [...readFileSync(registry, 'utf8').matchAll(STEP)].map(([, step, path]) => [kebab(step), path]);
  const { outputFiles, metafile } = await build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: {
      index: `lambda/${name}/index.ts`,
      ...Object.fromEntries(steps.map(([step, path]) => [`step-${step}`, `step:${path}`])),
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    chunkNames: 'shared-[hash]',
    external: ['@aws-sdk/*', '@smithy/*'],
    tsconfig: 'lambda/tsconfig.json',
    plugins: [STEP_ENTRIES],
    metafile: true,
    write: false,
  });
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, { ...COMMON, format: 'cjs' });
    writeFileSync(join(outdir, basename(path)), code);
  }
  const onDemand = new Set();
  const closure = (...outputs) => {
    const found = new Set();
    const visit = (output) => {
      if (found.has(output) || metafile.outputs[output] === undefined) return;
      found.add(output);
      for (const { path, kind } of metafile.outputs[output].imports) {
        if (kind === 'dynamic-import') onDemand.add(path);
        else visit(path);
      }
    };
    for (const output of outputs) visit(output);
    return [...found].map((output) => basename(output)).sort();
  };
  const needs = (file) => closure(`dist/${file}.js`);
  const files = {
    chain: needs('index'),
    steps: Object.fromEntries(steps.map(([step]) => [step, needs(`step-${step}`)])),
    // The engine for patterns, which is larger than all the rest.
    patterns: closure(...onDemand),
  };
  writeFileSync(join(outdir, 'files.json'), `${JSON.stringify(files, undefined, 1)}\n`);
}
