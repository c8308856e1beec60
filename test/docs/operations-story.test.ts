import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stage } from 'aws-cdk-lib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DevopsStack } from '../../bin/devops-stack';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { EnforcementMode, type GovernedGateway, PolicySource } from '../../lib/index';
import { CommandLine } from '../cli/command-line';
import { ROOT } from '../house/source-files';
import { type Block, blocksOf, commandOf } from './page';

const { LOG_ONLY, ENFORCE } = EnforcementMode;

/** Files and folders that commands of the page name. */
const FILES = ['cdk.out', 'changed', 'expected.yaml', 'report.html'];
const blocks = blocksOf('operations.md');
const first = blocks.findIndex(({ text }) => text.includes('npx governed-gateway emulate'));
const end = blocks.findIndex(({ text }) => text.includes('governed-gateway lock --gateway Notes/Gateway'));
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

const printed: string[] = [];

beforeAll(async () => {
  const print = (line: string): void => void printed.push(line);
  const assembly = synth('cdk.out', LOG_ONLY);
  emulator = await startEmulator({ assembly, port: 0, watch: true, noticeSeconds: 1, print });
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
    .replace(/\d\d:\d\d to \d\d:\d\d UTC/g, 'WINDOW')
    .replace(/\binline:/g, 'policies/devops/freeze.cedar:')
    .replace(/[ \t]+/g, ' ');
}

/** Holds what was printed against what the page shows, which may leave out the end (`...`). */
function expectShown(printed: string, shown: string): void {
  const [given, page] = [constant(printed.trim()), constant(shown.trim())];
  if (page.endsWith('...')) expect(given.slice(0, page.length - 3)).toBe(page.slice(0, -3));
  else expect(given).toBe(page);
}

/** What the page does between commands: a file is written, the app is changed and synthesized, people read what the emulator prints. */
async function follow(block: Block): Promise<void> {
  if (block.language === 'cedar') synth('changed', LOG_ONLY, block.text);
  if (block.file !== undefined) writeFileSync(join(folder, block.file), block.text);
  if (block.language === 'diff') {
    const [before = ''] = /(?<=^-).*/m.exec(block.text) ?? [];
    expect(readFileSync(join(ROOT, 'bin/app.ts'), 'utf8')).toContain(before);
    synth('cdk.out', ENFORCE);
    await expect.poll(() => printed.join('\n')).toContain('reloaded the application');
  }
  if (block.language === 'text') await expect.poll(() => expectShown(notices().join('\n'), block.text)).toBeUndefined();
}

const notices = (): string[] => printed.flatMap((line) => /^ {2}notice \| ?(.*)/.exec(line)?.[1] ?? []);

it('tells the five minutes of docs/operations.md as they happen', async () => {
  for (const block of story) {
    if (block.language !== 'console' || block.text.startsWith('$ npx cdk synth')) {
      await follow(block);
      continue;
    }
    const { args, code, output } = commandOf(block);
    const given = args.slice(2).flatMap((arg) => {
      if (arg === '--emulator') return [arg, emulator.url];
      return FILES.includes(arg) ? [join(folder, arg)] : [arg];
    });
    const where = args[2] === 'call' ? ['--url', emulator.url] : [];
    const ran = await terminal.run([...given, ...where], '', process.cwd());
    expect({ command: args.join(' '), code: ran.code }).toEqual({ command: args.join(' '), code });
    expectShown(ran.out, output);
  }
  const report = readFileSync(join(folder, 'report.html'), 'utf8');
  for (const part of ['restart-and-terminate', 'No policy applies', 'deployed as declared'])
    expect(report).toContain(part);
});
