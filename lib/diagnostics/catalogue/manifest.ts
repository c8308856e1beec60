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
  MANIFEST_GATEWAY_UNKNOWN: stop(
    (p: { name: string; suggestion: string | undefined }) => `the app has no gateway \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'name a stack, a construct path or a gateway of the app'),
  ),
  MANIFEST_GATEWAY_AMBIGUOUS: stop(
    (p: { paths: readonly string[] }) =>
      `the app has several gateways: ${p.paths.map((path) => `\`${path}\``).join(', ')}`,
    () => 'choose one with `--stack`',
  ),
};
