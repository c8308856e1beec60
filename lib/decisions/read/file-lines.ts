import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';

/** Characters of a line beyond which it is no record of anything and is not kept. */
const MAX_LINE = 1_000_000;

/**
 * Reads a file line by line in constant memory; one whose name ends with `.gz` is unpacked. Ends early, without an error, when the signal is
 * aborted. Rejects when the file cannot be read.
 */
export async function readLines(file: string, onLine: (line: string) => void, signal: AbortSignal): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      if (signal.aborted) return;
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      if (rest.length > MAX_LINE) rest = '';
    }
    if (rest !== '') onLine(rest);
  };
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  if (file.endsWith('.gz')) await pipeline(source, createGunzip(), take);
  else await pipeline(source, take);
}
