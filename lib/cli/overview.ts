import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandEntry } from './command';

/** What `governed-gateway --help` prints. */
export function overview(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'governed-gateway: policy checks, policy tests and an emulator for Amazon Bedrock AgentCore gateways',
    '',
    'usage: governed-gateway <command> [options]',
    '',
    'commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'governed-gateway <command> --help prints the options of a command.',
    'exit codes: 0 ok or allowed, 1 could not run, 2 denied or a test failed, 3 invalid input, 4 a property does not hold',
    '',
  ].join('\n');
}

/** Version of the package that the command is from. */
export function version(): string {
  // The sources lie two folders below the package, the built files three.
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (manifest.name === 'governed-gateway') return manifest.version ?? 'unknown';
    } catch {
      // Not here; the next folder up.
    }
  }
  return 'unknown';
}
