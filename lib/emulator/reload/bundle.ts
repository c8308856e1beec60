import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { GovernanceError } from '../../diagnostics/governance-error';

export interface SourceBundle {
  /** Folder with the new bundle and everything else that lay beside the old one. */
  readonly directory: string;
  /** Absolute paths of the sources that went into it, without dependencies. */
  readonly inputs: readonly string[];
}

let root: string | undefined;
let count = 0;

/**
 * Bundles a function's source anew, as synth does. Throws `EMULATOR_BUNDLE_BROKEN`.
 *
 * @param asset folder of the synthesized bundle, whose other files are kept
 */
export async function bundleSource(entry: string, appDirectory: string, asset: string): Promise<SourceBundle> {
  root ??= mkdtempSync(join(tmpdir(), 'governed-gateway-reload-'));
  const directory = join(root, String(++count));
  mkdirSync(directory);
  cpSync(asset, directory, { recursive: true });
  try {
    const { metafile } = await build({
      absWorkingDir: appDirectory,
      entryPoints: [entry],
      outfile: join(directory, 'index.js'),
      bundle: true,
      metafile: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      keepNames: true,
      sourcemap: 'inline',
      external: ['@aws-sdk/*', '@smithy/*'],
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs).map((input) => resolve(appDirectory, input));
    return { directory, inputs: inputs.filter((input) => !input.includes('node_modules')) };
  } catch (error) {
    throw GovernanceError.of('EMULATOR_BUNDLE_BROKEN', { what: `\`${entry}\``, reason: firstLine(error) });
  }
}

/** Message of a failed build: place and problem of its first finding. */
function firstLine(error: unknown): string {
  const [first] =
    (error as { errors?: { text: string; location?: { file: string; line: number } | null }[] }).errors ?? [];
  if (first === undefined) return error instanceof Error ? error.message : String(error);
  const place = first.location ? `${first.location.file}:${first.location.line}: ` : '';
  return `${place}${first.text}`;
}
