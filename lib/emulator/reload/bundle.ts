import { resolve } from 'node:path';
import { GovernanceError } from '../../diagnostics/governance-error';
import { loadEsbuild } from '../../diagnostics/load-esbuild';

export interface SourceBundle {
  /** Program text of `index.js`. */
  readonly code: string;
  /** Absolute paths of the sources that went into it, without dependencies. */
  readonly inputs: readonly string[];
}

/** Bundles a function's source anew, as synth does. Throws `EMULATOR_BUNDLE_BROKEN`. */
export async function bundleSource(entry: string, appDirectory: string): Promise<SourceBundle> {
  try {
    const { metafile, outputFiles } = await loadEsbuild().build({
      absWorkingDir: appDirectory,
      entryPoints: [entry],
      outfile: 'index.js',
      write: false,
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
    return {
      code: outputFiles.map(({ text }) => text).join(''),
      inputs: inputs.filter((input) => !input.includes('node_modules')),
    };
  } catch (error) {
    if (GovernanceError.is(error)) throw error;
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
