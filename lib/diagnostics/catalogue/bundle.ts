import { didYouMean, error } from './entry';

/** Findings about TypeScript that is bundled at synth. */
export const BUNDLE = {
  BUNDLE_ENTRY_NOT_FOUND: error(
    (p: { entry: string; suggestion: string | undefined }) => `entry \`${p.entry}\` is no file`,
    (p) => didYouMean(p.suggestion, 'give the path relative to the folder in which the app runs (that of cdk.json)'),
  ),
  BUNDLE_FAILED: error(
    (p: { entry: string; problem: string }) => `entry \`${p.entry}\` cannot be bundled: ${p.problem}`,
    () => 'correct the source, or install the package that it imports',
  ),
};
