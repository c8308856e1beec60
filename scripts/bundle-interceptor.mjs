// Bundles an interceptor as pieces: the chain, every step, and what several of them share. Synth puts those that a gateway needs into one file
// (lib/constructs/interceptors/bundled-chain.ts), so that a function holds only the steps of its gateway, and Node.js finds and reads one file.
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

/** Entries that add one step to those of the function. */
const STEP_ENTRIES = {
  name: 'steps',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^step:/ }, ({ path }) => ({ path: path.slice('step:'.length), namespace: 'step' }));
    onLoad({ filter: /.*/, namespace: 'step' }, ({ path }) => {
      const [name, file] = path.split('=');
      return {
        contents: `import { make } from './lambda/interceptor-kit/steps/${file}';
          import { bundledSteps } from './lambda/interceptor-kit/chain/bundled-steps';
          bundledSteps.set('${name}', make);`,
        resolveDir: root,
      };
    });
  },
};

/** An import at the beginning of a statement: esbuild leaves those of Node.js where their module begins. */
const IMPORT = /(?<=^|[;}])import(?:(?:\*as ([\w$]+) |([\w$]+) |\{([^}]*)\})from)?"([^"]+)";/g;
const EXPORT = /export\{([^}]*)\};\s*$/;

/** The code's only load on demand: the engine for patterns, which is larger than all the rest and a file of its own. */
const ON_DEMAND = /\bimport\("\.\/[^"]+"\)/g;
const PATTERNS = 'patterns.js';

/** Pairs of names of a clause: `a as b, c`. */
function pairs(clause) {
  return clause.split(',').map((pair) => {
    const [from, to = from] = pair.trim().split(' as ');
    return [from, to];
  });
}

/** Name by which other pieces know the exports of one. */
function nameOf(file) {
  return basename(file, '.js').replaceAll('-', '_');
}

/**
 * A minified ECMAScript module of esbuild as a piece of a file: a constant with its exports, made from those of the pieces before it. Exports
 * stand at the end, and no modules import each other. Parentheses around the function tell V8 to compile it at once.
 */
function asPiece(file, text) {
  const code = text
    .replace(IMPORT, (_, all, byDefault, names, from) => {
      const binding = all ?? byDefault ?? (names && `{${pairs(names).map(([name, to]) => `${name}:${to}`)}}`);
      if (from.startsWith('./')) return binding ? `const ${binding}=${nameOf(from)};` : '';
      return binding ? `const ${binding}=require("${from}");` : `require("${from}");`;
    })
    .replace(ON_DEMAND, `Promise.resolve().then(()=>require("./${PATTERNS}"))`)
    .replace(EXPORT, (_, names) => `return{${pairs(names).map(([name, to]) => `${to}:${name}`)}};`)
    .trim();
  const piece = `const ${nameOf(file)}=(()=>{${code}})();\n`;
  // Throws for a module that esbuild wrote in another way.
  new Script(`(function(exports,require,module,__filename,__dirname){"use strict";${piece}})`);
  return piece;
}

/**
 * Writes the pieces of the REQUEST or RESPONSE interceptor, `pieces.json` with those that the chain and each step need, in the order in which
 * they need each other, and the engine for patterns. Gives the paths of what is in them.
 */
export async function bundleInterceptor(name, outdir) {
  const registry = readFileSync(join(root, 'lambda/interceptor-kit/steps/built-in.ts'), 'utf8');
  const steps = [...registry.matchAll(STEP)].map(([, step, path]) => [kebab(step), PARTS[path]?.[name] ?? path]);
  const { outputFiles, metafile } = await build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: {
      chain: `lambda/${name}/index.ts`,
      ...Object.fromEntries(steps.map(([step, path]) => [`step-${step}`, `step:${step}=${path}`])),
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
  const pieces = new Map(outputFiles.map(({ path, text }) => [basename(path), asPiece(path, text)]));
  const onDemand = new Set();
  /** A piece behind those that it needs. */
  const needs = (output, found = new Set()) => {
    const { imports } = metafile.outputs[output];
    for (const { path, kind, external } of imports) {
      if (external || found.has(basename(path))) continue;
      if (kind === 'dynamic-import') onDemand.add(path);
      else needs(path, found);
    }
    return found.add(basename(output));
  };
  const listed = {
    chain: [...needs('dist/chain.js')],
    steps: Object.fromEntries(steps.map(([step]) => [step, [...needs(`dist/step-${step}.js`)]])),
  };
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  if (onDemand.size > 1) throw new Error(`${name} loads more on demand than the engine for patterns`);
  for (const engine of onDemand) {
    const parts = [...needs(engine)].map((file) => pieces.get(file));
    writeFileSync(join(outdir, PATTERNS), `"use strict";${parts.join('')}module.exports=${nameOf(engine)};`);
    pieces.delete(basename(engine));
  }
  for (const [file, text] of pieces) writeFileSync(join(outdir, file), text);
  writeFileSync(join(outdir, 'pieces.json'), `${JSON.stringify(listed, undefined, 1)}\n`);
  return Object.keys(metafile.inputs);
}
