import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the name of a run's folder for temporary files begins. */
export const RUN_FOLDER = 'governed-gateway-tests-';

let folder: string | undefined;

/** Gives all tests one folder for temporary files: aws-cdk-lib leaves an assembly of every app in it, and never removes one. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  process.env['TMPDIR'] = folder;
}

export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
