import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { publicNames } from '../../scripts/public-names';
import { type Example, examples } from '../house/examples';
import { ROOT } from '../house/source-files';
import { ProgramFolder, SOURCES } from './program-folder';

type Program = readonly [path: string, text: string];

/** The TypeScript blocks of every page, each page a folder of its own. A block without a name is called after its place. */
function programsOfPages(): Program[] {
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
    const blocks = [...text.matchAll(/^```ts *(?:file=)?(\S*)\n([\s\S]*?)^```$/gm)];
    return blocks.map(([, name, body = ''], index): Program => {
      return [join(page.replace('.md', ''), name || `${index}.ts`), `${body}\nexport {};\n`];
    });
  });
}

/** An example as a module: what stands beside declarations stays so, everything else may use `this`, the stack, and wait. */
function programOf({ file, text }: Example, index: number): Program {
  const body = /^export /m.test(text)
    ? text
    : `export async function example(this: Stack): Promise<void> {\n${text}}\n`;
  return [`examples/${index}-${file.replaceAll('/', '-')}`, `${body}\nexport {};\n`];
}

/** What examples need not import: every public name, and some things of an app that a docstring has no room to make. */
function surroundings(): string {
  const names = Object.entries(SOURCES).flatMap(([specifier, source]) =>
    publicNames(source.slice(ROOT.length + 1))
      .filter(({ typeOnly }) => !typeOnly)
      .map(({ name }): [string, string] => [name, `declare const ${name}: typeof import('${specifier}').${name};`]),
  );
  return [
    ...new Map(names.reverse()).values(),
    "type Stack = import('aws-cdk-lib').Stack;",
    "type Step = import('governed-gateway/interceptor').Step;",
    "declare const z: typeof import('zod');",
    "declare const RetentionDays: typeof import('aws-cdk-lib/aws-logs').RetentionDays;",
    "declare const gateway: import('governed-gateway').GovernedGateway;",
    "declare const app: import('aws-cdk-lib').App;",
    "declare const Duration: typeof import('aws-cdk-lib').Duration;",
    "declare const table: import('aws-cdk-lib/aws-dynamodb').ITable;",
    "declare const topic: import('aws-cdk-lib/aws-sns').ITopic;",
    "declare const fn: import('aws-cdk-lib/aws-lambda').IFunction;",
    "declare const targets: import('governed-gateway/policy').CatalogTarget[];",
    "declare const tools: Parameters<typeof import('governed-gateway/policy').testPolicies>[1];",
    "declare const set: import('governed-gateway/policy').PolicySet;",
  ].join('\n');
}

it('every program of the pages and every example of a docstring compiles', () => {
  const programs = [...programsOfPages(), ...examples().map(programOf)];
  const folder = new ProgramFolder([...programs, ['surroundings.d.ts', surroundings()]]);
  const output = folder.compilerOutput();
  folder.remove();
  expect(output).toBe('');
});
