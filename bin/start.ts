// `npm start`: synthesizes the lakehouse for dev, runs it in the emulator, shows what three people may do, and keeps serving.
import { join } from 'node:path';
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
    mode: EnforcementMode.LOG_ONLY,
    testSignIn: false,
    observed: false,
  });
  return app.synth().directory;
}

function instructions(emulator: Emulator, token: string): string {
  const url = emulator.mcpUrl;
  return `
The page with every decision:  ${emulator.url}/
A token for policyholder001:

${token}

Connect MCP inspector, or any client by its configuration:
  npx @modelcontextprotocol/inspector --cli ${url} --transport http --header "Authorization: Bearer $TOKEN" --method tools/list
  { "mcpServers": { "lakehouse": { "type": "http", "url": "${url}", "headers": { "Authorization": "Bearer ..." } } } }

Another token:  npx governed-gateway token --as adjuster001 --url ${emulator.url}
Change a policy in policies/lakehouse/ and call again. Ctrl-C ends.
`;
}

async function main(): Promise<void> {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  let toured = false;
  print('Synthesizing the lakehouse for dev ...');
  const assembly = synthesize();
  // The app only logs in dev; a tour of decisions needs them enforced.
  const emulator = await startEmulator({
    assembly,
    mode: 'ENFORCE',
    watch: true,
    port: Number(process.env['PORT'] ?? DEFAULT_PORT),
    print: (line) => toured && print(line),
  });
  const failures = await runTour(emulator, print);
  toured = true;
  if (failures > 0) process.exitCode = 1;
  print(instructions(emulator, await emulator.token('policyholder001')));
  if (process.argv.includes('--once')) return await emulator.stop();
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
