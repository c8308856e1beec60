import { didYouMean, error, stop } from './entry';

/** Findings about gateway manifests, and about which gateway of an app is meant. */
export const MANIFEST = {
  MANIFEST_NONE: stop(
    (p: { path: string }) => `there is no gateway manifest in \`${p.path}\``,
    () => 'run `npx cdk synth` first and give the directory of its output; manifests end in `.gateway.json`',
  ),
  MANIFEST_INVALID: error(
    (p: { path: string; problem: string }) => `\`${p.path}\` is no gateway manifest: ${p.problem}`,
    () => 'synthesize the app again with this version of the library',
  ),
  MANIFEST_STALE: stop(
    (p: { path: string; files: readonly string[] }) =>
      `\`${p.path}\` was synthesized from files that were changed since: ${listed(p.files)}`,
    () => 'run `npx cdk synth`, or use the assembly as it is with `--frozen`',
  ),
  MANIFEST_SOURCES_MISSING: stop(
    (p: { path: string; directory: string }) =>
      `the files that \`${p.path}\` was synthesized from are neither in \`${p.directory}\` nor above the assembly`,
    () => 'run the command in the directory of the app, or use the assembly as it is with `--frozen`',
  ),
  MANIFEST_GATEWAY_UNKNOWN: stop(
    (p: { name: string; paths: readonly string[]; suggestion: string | undefined }) =>
      `the app has no gateway \`${p.name}\``,
    (p) => didYouMean(p.suggestion, `gateways are named by their construct paths: ${listed(p.paths)}`),
  ),
  MANIFEST_GATEWAY_AMBIGUOUS: stop(
    (p: { paths: readonly string[] }) =>
      `the app has several gateways: ${p.paths.map((path) => `\`${path}\``).join(', ')}`,
    () => 'choose one with `--gateway`',
  ),
};

/** The first files of what may be many. */
function listed(files: readonly string[]): string {
  const shown = files.slice(0, 5).map((file) => `\`${file}\``);
  return files.length > shown.length ? `${shown.join(', ')} and ${files.length - shown.length} more` : shown.join(', ');
}
