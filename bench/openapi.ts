// Reading a large OpenAPI document, and writing the one that is deployed: 3, 6 and 12 MB with references, recursion and combinators.
// Ends with 4 when 12 MB take more than 20 times the CPU of JSON.parse and JSON.stringify on the same text, when four times the
// document take more than five times as long, or when the process grows by more than 40 times the document.
// The best of three rounds counts: whatever else runs only slows. Run: npx tsx bench/openapi.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../lib/cli/exit-code';
import { OpenApiDocument } from '../lib/constructs/targets/openapi/document';
import { openApiSubject } from './openapi-subject';

const SIZES_MB = [3, 6, 12];
const ROUNDS = 3;
const LIMIT_TIMES = 20;
/** Growth over growth of the document: 1 is linear. */
const LIMIT_GROWTH = 1.25;
const LIMIT_MEMORY = 40;

const MB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'bench-openapi-'));

/** Seconds of CPU. */
function seconds(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function best(run: () => unknown): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => seconds(run)));
}

let smallest: number | undefined;
for (const size of SIZES_MB) {
  const text = openApiSubject(size * MB);
  const file = join(folder, `${size}.json`);
  writeFileSync(file, text);
  const floor = best(() => JSON.stringify(JSON.parse(text)));
  const before = process.memoryUsage().rss;
  let tools = 0;
  let bytes = 0;
  const taken = best(() => {
    const document = new OpenApiDocument(file, {});
    tools = document.tools.length;
    bytes = document.deployed(() => []).length;
  });
  const memory = (process.memoryUsage().rss - before) / text.length;
  smallest ??= taken;
  const growth = taken / smallest / (size / (SIZES_MB[0] ?? 1));
  if (taken / floor > LIMIT_TIMES || growth > LIMIT_GROWTH || memory > LIMIT_MEMORY)
    process.exitCode = EXIT.doesNotHold;
  console.log(
    `${(text.length / MB).toFixed(1)} MB, ${tools} tools: ${taken.toFixed(2)} s of CPU, ${(taken / floor).toFixed(1)} times parsing and printing it, growth ${growth.toFixed(2)}, ${memory.toFixed(1)} times its size in memory, ${(bytes / MB).toFixed(1)} MB deployed`,
  );
}
rmSync(folder, { recursive: true });
