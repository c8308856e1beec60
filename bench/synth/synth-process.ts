import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(__dirname));

export interface SynthOptions {
  /** The program below `bench/synth`. */
  readonly app: string;
  /** Folder of the cloud assembly. */
  readonly outdir: string;
  /** Folder for temporary files: what tsx transpiled and what this library bundled is reused from there. */
  readonly tmpdir: string;
  /** Further environment variables. */
  readonly environment?: { readonly [name: string]: string };
}

export interface Timing {
  /** Seconds from start to end of the process. */
  readonly wall: number;
  /** Seconds of both cores together, child processes included. */
  readonly cpu: number;
}

/** Synthesizes an app in a process of its own, as the CDK command would start it, without AWS credentials. Throws when it fails. */
export function synthesize({ app, outdir, tmpdir, environment }: SynthOptions): Timing {
  // The shell's `times` counts the children of children as well, as far as they were waited for.
  const node = [process.execPath, '--require', './bench/synth/living-children.cjs', '--import', 'tsx'];
  const command = ['-c', '"$@" && times', 'sh', ...node, join('bench/synth', app)];
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync('sh', command, {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: tmpdir,
      CDK_OUTDIR: outdir,
      ...environment,
    },
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${app} failed:\n${stderr}`);
  return { wall, cpu: waitedFor(stdout) + stillLiving(stdout) };
}

/** The last line of `times`: user and system time of the children, `0m9.558s 0m0.686s`. */
function waitedFor(stdout: string): number {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`not an answer of \`times\`: ${line}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

function stillLiving(stdout: string): number {
  return Number(/^living children: ([\d.]+) s$/m.exec(stdout)?.[1]);
}
