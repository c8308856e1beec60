import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from optimizing what a short command runs only for a moment, and from checking code of Cedar that never runs: by default it spends
 * more on optimizing Cedar than on asking it, and a tenth of the whole on the prover. What runs for seconds is optimized all the same. Flags of
 * the process belong to the command line and nowhere else: inside of an app they would reach other people's code.
 */
export function expectShortWork(): void {
  setFlagsFromString('--wasm-tiering-budget=2147483647');
  setFlagsFromString('--wasm-lazy-validation');
  // Four times the default. Younger versions have no such flag, and optimize less by themselves.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=270336');
}

/** Has V8 optimize Cedar sooner, which pays where it is asked for long. Has no effect once Cedar is loaded. */
export function expectMuchWork(): void {
  setFlagsFromString('--wasm-tiering-budget=100000000');
}
