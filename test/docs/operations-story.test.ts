import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stage } from 'aws-cdk-lib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DevopsStack } from '../../bin/devops-stack';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { EnforcementMode, type GovernedGateway, PolicySource } from '../../lib/index';
import { CommandLine } from '../cli/command-line';
import { blocksOf, commandOf } from './page';

const { LOG_ONLY } = EnforcementMode;
const blocks = blocksOf('operations.md');
const first = blocks.findIndex(({ text }) => text.includes('npx governed-gateway emulate'));
const end = blocks.findIndex(({ text }) => text.includes('governed-gateway lock --stack Notes'));
const story = blocks.slice(first + 1, end);
const folder = mkdtempSync(join(tmpdir(), 'governed-gateway-story-'));
const terminal = new CommandLine();
let emulator: Emulator;

/** The application as `npx cdk synth` writes it into a folder, with one more policy where the story has one. */
function synth(name: string, mode: EnforcementMode, policy?: string): string {
  const outdir = join(folder, name);
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new DevopsStack(new Stage(app, 'dev'), 'Devops', { mode, testSignIn: false, observed: true });
  const gateway = stack.node.findChild('Gateway') as GovernedGateway;
  if (policy !== undefined) gateway.addPolicies(PolicySource.fromInline(policy));
  app.synth();
  return outdir;
}

beforeAll(async () => {
  emulator = await startEmulator({ assembly: synth('cdk.out', LOG_ONLY), port: 0 });
});

afterAll(async () => {
  await emulator?.stop();
  terminal.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** What is another one in each run. */
function constant(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, 'TIME')
    .replace(/lock_[0-9a-f]{24}/g, 'lock_ID')
    .replace(/p_[0-9a-f]{20,}/g, 'p_ID')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}/g, 'ID')
    .replace(/\d+ passed/g, 'N passed')
    .replace(/[ \t]+/g, ' ');
}

it('tells the five minutes of docs/operations.md as they happen', async () => {
  for (const block of story) {
    if (block.language === 'cedar') {
      synth('changed', LOG_ONLY, block.text);
      continue;
    }
    if (block.text.startsWith('$ npx cdk synth')) continue;
    const { args, code, output } = commandOf(block);
    const given = args.slice(2).flatMap((arg) => {
      if (arg === '--emulator') return [arg, emulator.url];
      return arg === 'cdk.out' || arg === 'changed' ? [join(folder, arg)] : [arg];
    });
    const where = args[2] === 'call' ? ['--url', emulator.url] : [];
    const ran = await terminal.run([...given, ...where], '', process.cwd());
    expect({ command: args.join(' '), code: ran.code, output: constant(ran.out.trim()) }).toEqual({
      command: args.join(' '),
      code,
      output: constant(output.trim()),
    });
  }
  expect(story.length).toBeGreaterThan(9);
});
