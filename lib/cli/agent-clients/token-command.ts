import { EMULATOR_URL } from '../running-emulator';
import type { TokenAccess } from './agent-client';

/** The command that prints a token of the emulator, as a shell takes it. */
export function tokenCommand({ caller, emulatorUrl }: TokenAccess, ...options: string[]): string {
  const url = emulatorUrl === EMULATOR_URL ? [] : ['--url', emulatorUrl];
  return ['npx', 'governed-gateway', 'token', '--as', shellWord(caller), ...options, ...url].join(' ');
}

/** A text as one word of a shell. */
export function shellWord(text: string): string {
  return /^[\w.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
