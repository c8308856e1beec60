import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InterceptionPoint } from '../../contract/interceptor-payload';
import { INTERCEPTOR_CONFIG_FILE, type InterceptorConfig } from '../../contract/steps/interceptor-config';
import { lambdaBundle } from '../functions/lambda-bundle';

/** Pieces of the bundled chain, as the build lists them in `pieces.json`: each behind those that it needs. */
interface Pieces {
  readonly chain: readonly string[];
  readonly steps: { readonly [step: string]: readonly string[] };
}

/** The engine for patterns, which the steps load when a pattern is at hand. */
const PATTERNS = 'patterns.js';

/**
 * Files of a function that runs the bundled chain, as texts by their names: its code in one file, made of the pieces that its steps need, since
 * finding and reading each of two dozen files took a quarter of a cold start; its configuration; and where a tool or a limit has a pattern, the
 * engine for it. No source map: Node.js reads one whenever it loads the code, a third of a cold start, and the bundled chain writes no stack
 * that would need it.
 */
export function bundledChain(point: InterceptionPoint, config: InterceptorConfig): { [file: string]: string } {
  const folder = lambdaBundle(`${point.toLowerCase()}-interceptor`);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const { chain, steps } = JSON.parse(read('pieces.json')) as Pieces;
  // The chain comes last: by then each step has added itself to those of the function.
  const needed = new Set([...config.steps.flatMap(({ step }) => steps[step] ?? []), ...chain]);
  const text = JSON.stringify(config);
  return {
    'index.js': `"use strict";${[...needed].map(read).join('')}exports.handler=chain.handler;`,
    [INTERCEPTOR_CONFIG_FILE]: text,
    ...(text.includes('"pattern') ? { [PATTERNS]: read(PATTERNS) } : {}),
  };
}
