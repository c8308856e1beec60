import type { CommandEntry } from './command';
import { packageManifest } from './package-manifest';

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
  return packageManifest().version ?? 'unknown';
}
