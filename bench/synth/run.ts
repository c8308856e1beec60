// How long synth of the three applications in one environment takes, against the same resources written by hand on the L2.
// Run: npx tsx bench/synth/run.ts [--rounds 7]. Exit code 4: a ratio is over the bar.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleTypeScript } from '../../lib/constructs/functions/bundle-typescript';
import { median } from '../policy-subject';
import { synthesize, type Timing } from './synth-process';

const BAR = 1.3;

/** How far apart the quartiles of a quiet machine's elapsed times are at most. */
const QUIET = 1.25;

const APPLICATIONS = ['lakehouse', 'underwriting', 'devops'];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
const scratch = mkdtempSync(join(tmpdir(), 'bench-synth-'));

interface Contender {
  readonly name: string;
  readonly app: string;
  readonly environment?: { readonly [name: string]: string };
}

/** Tools that a team bundled in an earlier step, for the contender that bundles nothing. */
function bundlesBeforehand(): string {
  const folder = join(scratch, 'bundles');
  for (const name of APPLICATIONS) {
    cpSync(bundleTypeScript(`lambda/tools/${name}/index.ts`).directory, join(folder, name), { recursive: true });
  }
  return folder;
}

const governed: Contender = { name: 'governed', app: 'governed-app.ts' };
const byHand: Contender = { name: 'by hand', app: 'by-hand-app.ts' };
const bundlingNothing: Contender = {
  name: 'by hand, tools bundled beforehand',
  app: 'by-hand-app.ts',
  environment: { BY_HAND_BUNDLES: bundlesBeforehand() },
};
const contenders = [byHand, governed, bundlingNothing];

/** Cold: no temporary files and no assembly of an earlier synth. Warm: both are there, as on a developer's machine. */
function measure(caches: 'cold' | 'warm'): Map<Contender, Timing[]> {
  const timings = new Map(contenders.map((contender) => [contender, [] as Timing[]]));
  for (let round = caches === 'warm' ? -1 : 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      const folder = join(scratch, caches, String(contenders.indexOf(contender)));
      if (caches === 'cold') rmSync(folder, { recursive: true, force: true });
      const temporary = join(folder, 'tmp');
      mkdirSync(temporary, { recursive: true });
      const { app, environment } = contender;
      const timing = synthesize({ app, environment, outdir: join(folder, 'cdk.out'), tmpdir: temporary });
      if (round >= 0) timings.get(contender)?.push(timing);
    }
  }
  return timings;
}

/**
 * Prints the medians and tells the ratio that decides: of elapsed time, or of CPU time where other processes kept the cores from us so much
 * that elapsed times say nothing.
 */
function report(caches: 'cold' | 'warm'): number {
  const timings = measure(caches);
  const of = (contender: Contender, kind: keyof Timing): number[] => (timings.get(contender) ?? []).map((t) => t[kind]);
  const ratio = (other: Contender, kind: keyof Timing): number => median(of(governed, kind)) / median(of(other, kind));
  console.log(`${caches} caches, ${rounds} rounds, seconds as median (least to most)`);
  for (const contender of contenders) {
    const [wall, cpu] = (['wall', 'cpu'] as const).map((kind) => spread(of(contender, kind)));
    console.log(`  ${contender.name}: ${wall} elapsed, ${cpu} of CPU`);
  }
  for (const other of [byHand, bundlingNothing]) {
    const [wall, cpu] = (['wall', 'cpu'] as const).map((kind) => ratio(other, kind).toFixed(2));
    console.log(`  governed / ${other.name}: ${wall} elapsed, ${cpu} of CPU`);
  }
  const decides = [byHand, governed].every((contender) => isQuiet(of(contender, 'wall'))) ? 'wall' : 'cpu';
  if (decides === 'cpu') console.log('  the machine is busy: elapsed times are far apart, so CPU time decides');
  return ratio(byHand, decides);
}

/** Whether the middle half of the times lies close together. */
function isQuiet(seconds: readonly number[]): boolean {
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return at(0.75) <= QUIET * at(0.25);
}

function spread(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(2)} (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`;
}

try {
  const worst = Math.max(report('warm'), report('cold'));
  console.log(`governed takes ${worst.toFixed(2)} times as long as by hand; the bar is ${BAR}`);
  process.exitCode = worst > BAR ? 4 : 0;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
