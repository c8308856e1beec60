import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { BuildFailure, BuildResult, Message } from 'esbuild';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { loadEsbuild } from '../../diagnostics/load-esbuild';
import { suggest } from '../../diagnostics/suggest';
import { storeBundle } from './bundle-directory';
import { nameSources } from './source-map-names';

/** A Lambda function's code as one file, ready to be an asset. */
export interface TypeScriptBundle {
  /** Absolute path of the folder that holds `index.js` and `index.js.map` and nothing else. */
  readonly directory: string;
  /** Source file as the user wrote it. */
  readonly entry: string;
  readonly handler: 'index.handler';
  /** Absolute paths of the files of the app that it is made of; packages are left out. */
  readonly sources: readonly string[];
}

interface CachedBundle {
  readonly directory: string;
  /** Last change and size of every source file, by absolute path. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** One app asks for the same entry once per stage. */
const cache = new Map<string, CachedBundle>();

/**
 * Bundles a consumer's own TypeScript for the Lambda runtime. The bytes depend on the sources only, not on where they lie.
 *
 * @param entry path of the source file, relative to the working directory, which is the app's directory during synth
 * @throws GovernanceError `BUNDLE_ENTRY_NOT_FOUND`, `BUNDLE_FAILED`
 */
export function bundleTypeScript(entry: string): TypeScriptBundle {
  const file = existingFile(entry);
  const known = cache.get(file);
  if (known && existsSync(known.directory) && unchanged(known.inputs)) {
    return bundleOf(entry, known);
  }
  const projectRoot = nearestPackage(dirname(file));
  const result = build(entry, file, projectRoot);
  const directory = store(result, projectRoot);
  const bundled = { directory, inputs: stampsOf(Object.keys(result.metafile.inputs), projectRoot) };
  cache.set(file, bundled);
  return bundleOf(entry, bundled);
}

function bundleOf(entry: string, { directory, inputs }: CachedBundle): TypeScriptBundle {
  const sources = [...inputs.keys()].filter((input) => !input.split(sep).includes('node_modules'));
  return { directory, entry, handler: 'index.handler', sources };
}

function existingFile(entry: string): string {
  const file = resolve(entry);
  if (existsSync(file) && statSync(file).isFile()) return realpathSync(file);
  const folder = dirname(file);
  const neighbours = existsSync(folder) ? readdirSync(folder) : [];
  const nearest = suggest(basename(file), neighbours);
  const suggestion = nearest === undefined ? undefined : join(dirname(entry), nearest);
  throw GovernanceError.of('BUNDLE_ENTRY_NOT_FOUND', { entry, suggestion });
}

function nearestPackage(directory: string): string {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return directory;
  }
}

type Built = BuildResult<{ write: false; metafile: true }>;

function build(entry: string, file: string, projectRoot: string): Built {
  try {
    return loadEsbuild().buildSync({
      absWorkingDir: projectRoot,
      entryPoints: [relative(projectRoot, file)],
      // Nothing is written there; the source map's paths are relative to it.
      outfile: 'index.js',
      write: false,
      metafile: true,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      minify: true,
      keepNames: true,
      sourcemap: 'linked',
      sourcesContent: false,
      legalComments: 'none',
      external: ['@aws-sdk/*', '@smithy/*'],
      logLevel: 'silent',
    });
  } catch (error) {
    const messages = (error as Partial<BuildFailure>).errors;
    if (!messages?.length) throw error;
    throw new GovernanceError(messages.map((message) => explain(message, entry, projectRoot)));
  }
}

function explain(message: Message, entry: string, projectRoot: string): Diagnostic {
  const problem = message.text.charAt(0).toLowerCase() + message.text.slice(1);
  const place = message.location;
  if (!place) return diagnostic('BUNDLE_FAILED', { entry, problem });
  const path = resolve(projectRoot, place.file);
  // esbuild counts columns in bytes from 0.
  const column = (bytes: number): number =>
    Buffer.from(place.lineText, 'utf8').subarray(0, bytes).toString('utf8').length + 1;
  const location = {
    file: relative(process.cwd(), path),
    line: place.line,
    column: column(place.column),
    endColumn: column(place.column + place.length),
    ...(existsSync(path) ? { source: readFileSync(path, 'utf8') } : {}),
  };
  return diagnostic('BUNDLE_FAILED', { entry, problem }, { location });
}

function store(result: Built, projectRoot: string): string {
  const files = new Map<string, Uint8Array>();
  for (const output of result.outputFiles) {
    const name = basename(output.path);
    const named = name.endsWith('.map') ? nameSources(output.text, projectRoot, projectRoot) : undefined;
    files.set(name, named === undefined ? output.contents : Buffer.from(named, 'utf8'));
  }
  return storeBundle(files);
}

function stampsOf(inputs: readonly string[], projectRoot: string): Map<string, string> {
  return new Map(inputs.map((input) => [resolve(projectRoot, input), stampOf(resolve(projectRoot, input))]));
}

function unchanged(inputs: ReadonlyMap<string, string>): boolean {
  return [...inputs].every(([file, stamp]) => stampOf(file) === stamp);
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size}`;
}
