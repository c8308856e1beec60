import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { outputLines } from '../../lib/emulator/functions/output-lines';

it('gives what a function writes by whole lines, wherever it is cut, and the last without an end', async () => {
  const stream = new PassThrough();
  const seen: string[] = [];
  outputLines(stream, (text) => seen.push(text));
  const bytes = Buffer.from('größer\nsecret=ggp_0123456789\n\nlast');
  for (const byte of bytes) {
    stream.write(Buffer.from([byte]));
    await setTimeout(0);
  }
  expect(seen).toEqual(['größer\n', 'secret=ggp_0123456789\n', '\n']);
  stream.end();
  await expect.poll(() => seen.at(-1)).toBe('last\n');
});
