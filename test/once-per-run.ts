import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { RUN_FOLDER } from './temporary-files';

/** Milliseconds after which somebody who makes a value is taken for gone. */
const PATIENCE = 120_000;

/** A value of plain data that the first test file makes that asks for it, and all others of the run are given, in the other process too. */
export function oncePerRun<T>(name: string, make: () => T): T {
  // Without the folder of a run, nobody would say when the value is too old.
  if (!basename(tmpdir()).startsWith(RUN_FOLDER)) return make();
  const file = join(tmpdir(), `${name}.json`);
  const lock = `${file}.lock`;
  const start = Date.now();
  while (!existsSync(file)) {
    if (!taken(lock) && Date.now() - start < PATIENCE) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      continue;
    }
    try {
      writeFileSync(`${file}.part`, JSON.stringify(make()));
      renameSync(`${file}.part`, file);
    } finally {
      rmdirSync(lock);
    }
  }
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** Takes a lock, unless somebody else has it. */
function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
