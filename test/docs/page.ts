import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../house/source-files';

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  /** What follows `file=`. */
  readonly file?: string;
  readonly text: string;
}

/** Every fenced block of a page of docs/. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', file, body = '']) => ({
      language,
      ...(file === undefined ? {} : { file }),
      text: body,
    }),
  );
}

/** The TypeScript of a page whose fence names a file, with that name. */
export function programsOf(page: string): [name: string, text: string][] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```ts (?!file=)(\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', body = '']) => [name, body]);
}

/** A command of a `console` block, with what it prints and its exit code (0 without a line `# exit code N`). */
export function commandOf({ text }: Block): { args: string[]; code: number; output: string } {
  const [first = '', ...rest] = text.split('\n');
  const code = /^# exit code (\d)$/.exec(rest[0] ?? '');
  return { args: words(first).slice(1), code: Number(code?.[1] ?? 0), output: rest.slice(code ? 1 : 0).join('\n') };
}

/** Words of a shell line, quotes understood. */
export function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

/** Every line of a page's code blocks that runs `npx governed-gateway`, as its arguments; comments left out. */
export function governedGatewayLines(markdown: string): string[][] {
  const blocks = [...markdown.matchAll(/^```[^\n]*\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  return blocks
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => /^(?:[$] |- run: )?npx governed-gateway (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => words(line.replace(/ +#.*$/, '').replace(/ > \S+$/, '')));
}
