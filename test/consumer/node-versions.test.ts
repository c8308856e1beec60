import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsumerProject, readmeProgram } from './consumer-project';

/** Path of a Node.js of another major version, which npm brings. */
function otherNode(major: number): string {
  const args = ['--yes', `--package=node@${major}`, '--call', 'command -v node'];
  return execFileSync('npx', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

const COMMAND = 'node_modules/governed-gateway/dist/bin/governed-gateway.js';

let project: ConsumerProject;
beforeAll(() => {
  project = new ConsumerProject();
  for (const [path, text] of readmeProgram()) project.write(path, text);
});
afterAll(() => project.remove());

describe.each([22, 24])('with Node.js %i', (major) => {
  let node: string;
  beforeAll(() => {
    node = otherNode(major);
  });

  it('is what runs', () => {
    expect(project.run(node, ['--version'])).toMatch(new RegExp(`^v${major}\\.`));
  });

  it('has the options of V8 that the command line sets, and would complain of others', () => {
    const known = project.run(node, ['--v8-options']);
    for (const option of ['wasm-tiering-budget', 'wasm-lazy-validation']) expect(known).toContain(`--${option} (`);
  });

  it('the first program of the README synthesizes, and the command line reads the assembly', () => {
    rmSync(join(project.directory, 'cdk.out'), { recursive: true, force: true });
    project.run(node, ['--import', 'tsx', 'app.ts']);
    expect(project.list('cdk.out')).toContain('Notes.Gateway.gateway.json');
    expect(project.run(node, [COMMAND, 'validate'])).toContain('1 policy');
    expect(project.run(node, [COMMAND, 'schema'])).toContain('notes___read_note');
  });
});
