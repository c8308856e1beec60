// `npm start [-- --port 4200]`: synthesizes the lakehouse in ENFORCE, runs it in the emulator, shows what people may do, and keeps serving.
// `--once` ends after the tour.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib';
import { DEFAULT_PORT, type Emulator, startEmulator } from '../lib/emulator';
import { EnforcementMode } from '../lib/index';
import { LakehouseStack } from './lakehouse-stack';
import { runTour } from './tour';

function synthesize(): string {
  const app = new App({
    outdir: join(process.cwd(), 'cdk.out', 'start'),
    analyticsReporting: false,
    // The template goes nowhere from here, and its check takes longer than all the rest of the synth. The library's own checks stay.
    builtinCloudFormationValidation: false,
  });
  new LakehouseStack(app, 'dev-Lakehouse', {
    environment: 'dev',
    mode: EnforcementMode.ENFORCE,
    testSignIn: false,
    observed: false,
  });
  return app.synth().directory;
}

/** What to do next. Each command works in the checkout on every Node.js that the package supports, before `npm run build` too. */
function instructions(emulator: Emulator, token: string): string {
  const at = emulator.url.endsWith(`:${DEFAULT_PORT}`) ? '' : ` --url ${emulator.url}`;
  const command = (words: string): string => `npx tsx bin/governed-gateway.ts ${words}${at}`;
  return `
The policies decide (ENFORCE). The page with every decision:  ${emulator.url}/

In a second terminal, be an agent, and ask why it was refused:
  ${command('call --as policyholder001 --tool lakehouse___query_login_audit')}
  ${command('why')}

A token for another client, and an MCP client's configuration:
  ${command('token --as policyholder001')}
  { "mcpServers": { "lakehouse": { "type": "http", "url": "${emulator.mcpUrl}", "headers": { "Authorization": "Bearer ${token}" } } } }

Change a policy in policies/lakehouse/ and call again. Ctrl-C ends.
`;
}

async function main(): Promise<void> {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const { values } = parseArgs({ options: { port: { type: 'string' }, once: { type: 'boolean', default: false } } });
  const port = Number(values.port ?? process.env['PORT'] ?? DEFAULT_PORT);
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new Error('--port takes a number from 0 to 65535');
  let toured = false;
  print('Synthesizing the lakehouse for dev ...');
  const assembly = synthesize();
  const emulator = await startEmulator({
    assembly,
    watch: true,
    port,
    print: (line) => toured && print(line),
  });
  const failures = await runTour(emulator, print);
  toured = true;
  if (failures > 0) process.exitCode = 1;
  print(instructions(emulator, await emulator.token('policyholder001')));
  if (values.once) return await emulator.stop();
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await emulator.stop();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
