import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DevopsStack } from '../../bin/devops-stack';
import { LOCAL_GATEWAY_ID } from '../../lib/contract/local-arn';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { EnforcementMode } from '../../lib/index';
import { call } from '../emulator/fixture';
import { CommandLine } from './command-line';

const terminal = new CommandLine();
const outdir = mkdtempSync(join(tmpdir(), 'governed-gateway-running-'));
let emulator: Emulator;

beforeAll(async () => {
  const app = new App({ outdir, analyticsReporting: false });
  new DevopsStack(app, 'Devops', { mode: EnforcementMode.LOG_ONLY, testSignIn: false, observed: true });
  app.synth();
  emulator = await startEmulator({ assembly: outdir, port: 0 });
  for (const environment of ['dev', 'staging', 'prod']) {
    await call(emulator, 'engineer001', 'devops___restart_service', { service: 'api', environment });
  }
});

afterAll(async () => {
  await emulator?.stop();
  terminal.remove();
  rmSync(outdir, { recursive: true, force: true });
});

const command = (...args: string[]) => terminal.run([...args, '--emulator', emulator.url], '', process.cwd());

describe('a running emulator in the place of a deployed gateway', () => {
  it('tells its decisions', async () => {
    const { code, out } = await command('decisions');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('3 calls') as string });
    expect(out).toContain('devops___restart_service');
  });

  it('has its calls decided again by other policies', async () => {
    const { code, out } = await command('replay', '--app', outdir);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('3 decided again: 3 as before') as string });
  });

  it('may go to ENFORCE or not, for reasons that it can know', async () => {
    const { code, out } = await command(
      'promote',
      '--app',
      outdir,
      '--min-decisions',
      '3',
      '--min-days',
      '0',
      '--format',
      'json',
    );
    expect(code).toBe(2);
    expect(out).not.toContain('not compared');
    expect((JSON.parse(out) as { promote: boolean }).promote).toBe(false);
  });

  it('is compared with its app: nothing, and then the mode that somebody switched', async () => {
    const compared = () => command('verify', '--control-plane', '--app', outdir);
    expect(await compared()).toMatchObject({ code: 0, out: expect.stringContaining('deployed as declared') as string });
    const url = `${emulator.url}/gateways/${LOCAL_GATEWAY_ID}/`;
    const gateway = await (await fetch(url)).text();
    await fetch(url, { method: 'PUT', body: gateway.replace('"LOG_ONLY"', '"ENFORCE"') });
    const { code, out } = await compared();
    expect({ code, out }).toEqual({
      code: 2,
      out: expect.stringContaining('policyEngineConfiguration.mode') as string,
    });
    await fetch(url, { method: 'PUT', body: gateway });
    expect((await compared()).code).toBe(0);
  });

  it('is reported with what it decided and how it is deployed, and without what it cannot know', async () => {
    const { code, out, err } = await command('report', '--app', outdir, '--format', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      decisions: { known: true, value: { summary: { total: 3 } } },
      deployment: { known: true, value: { mode: 'LOG_ONLY', differences: [], locks: [] } },
      changes: { known: false, why: expect.stringContaining('no history') },
    });
  });

  it('is not there, or has decided nothing, and the answer says so', async () => {
    const gone = await terminal.run(['decisions', '--emulator', 'http://127.0.0.1:1']);
    expect(gone).toMatchObject({ code: 1, err: expect.stringContaining('no emulator answers') as string });
    writeFileSync(join(terminal.cwd, 'calls.jsonl'), '');
    const both = await command('decisions', '--file', 'calls.jsonl');
    expect(both).toMatchObject({ code: 1, err: expect.stringContaining('--emulator') as string });
  });
});
