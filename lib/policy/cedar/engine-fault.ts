import { setFlagsFromString } from 'node:v8';

/**
 * Keeps a fault of Node.js 20's V8 away: a process that decides many thousand calls was seen to abort with `unreachable code`
 * in the deoptimizer, where optimized JavaScript had WebAssembly calls inlined. Younger versions do without that optimization's fault.
 * Reaches only code that is optimized afterwards, so that it has to come before the first call.
 */
export function avoidEngineFault(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');
}
