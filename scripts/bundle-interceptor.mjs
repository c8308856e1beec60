// Bundles an interceptor as a folder: the chain as index.js, every step as a file of its own, and what several of them share as chunks,
// so that a function holds and loads only the steps of its gateway.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const COMMON = { platform: 'node', target: 'node20', minify: true, legalComments: 'none', logLevel: 'warning' };

/** Lines of the registry of steps: `import * as argumentLimits from './argument-limits';` */
const STEP = /^import \* as (\w+) from '\.\/([^']+)';$/gm;

/** The step whose two parts share nothing, so that each interceptor takes its own. */
const PARTS = {
  'trusted-context/trusted-context': {
    'request-interceptor': 'trusted-context/fill',
    'response-interceptor': 'trusted-context/hide',
  },
};

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

/** An import at the beginning of a statement: esbuild leaves those of Node.js where their module begins. */
const IMPORT = /(?<=^|[;}])import(?:(?:\*as ([\w$]+) |([\w$]+) |\{([^}]*)\})from)?"([^"]+)";/g;
const EXPORT = /export\{([^}]*)\};\s*$/;

/** Pairs of names of a clause: `a as b, c`. */
function pairs(clause) {
  return clause.split(',').map((pair) => {
    const [from, to = from] = pair.trim().split(' as ');
    return [from, to];
  });
}

/**
 * A minified ECMAScript module of esbuild as a CommonJS one. esbuild's own conversion puts half a kilobyte of helpers into each file, a sixth of
 * an interceptor. Exports stand at the end, and no files import each other.
 */
function asCommonJs(text) {
  const required = text.replace(IMPORT, (_, all, byDefault, names, from) => {
    const binding = all ?? byDefault ?? (names && `{${pairs(names).map(([name, to]) => `${name}:${to}`)}}`);
    return `${binding ? `const ${binding}=` : ''}require("${from}");`;
  });
  const code = `"use strict";${required.replace(EXPORT, (_, names) =>
    pairs(names)
      .map(([name, to]) => `exports.${to}=${name};`)
      .join(''),
  )}`;
  // Throws for a module that esbuild wrote in another way.
  new Script(`(function(exports,require,module,__filename,__dirname){${code}\n})`);
  return code;
}

/**
 * Writes the folder of the REQUEST or RESPONSE interceptor, and `files.json` with the files that the chain and each step need. Gives the paths of
 * what is in them.
 */
export async function bundleInterceptor(name, outdir) {
  const registry = readFileSync(join(root, 'lambda/interceptor-kit/steps/built-in.ts'), 'utf8');
  const steps = [...registry.matchAll(STEP)].map(([, step, path]) => [kebab(step), PARTS[path]?.[name] ?? path]);
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
  for (const { path, text } of outputFiles) writeFileSync(join(outdir, basename(path)), asCommonJs(text));
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
    return [...found].map((output) => basename(output)).toSorted((a, b) => (a < b ? -1 : 1));
  };
  const needs = (file) => closure(`dist/${file}.js`);
  const files = {
    chain: needs('index'),
    steps: Object.fromEntries(steps.map(([step]) => [step, needs(`step-${step}`)])),
    // The engine for patterns, which is larger than all the rest.
    patterns: closure(...onDemand),
  };
  writeFileSync(join(outdir, 'files.json'), `${JSON.stringify(files, undefined, 1)}\n`);
  return Object.keys(metafile.inputs);
}
