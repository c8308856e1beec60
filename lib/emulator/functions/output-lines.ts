import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Gives what a function writes line by line. Streams cut it anywhere, a program that writes without a buffer in the middle of what it prints:
 * half a secret would not be known as one, and half a character is none.
 */
export function outputLines(stream: Readable | null | undefined, onOutput: (text: string) => void): void {
  if (stream) createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => onOutput(`${line}\n`));
}
