import { expect, it } from 'vitest';
import { type PublicName, publicNames } from '../../scripts/public-names';
import { read } from './source-files';

/** What a user fills in: everything of the constructs but findings, and the options of the other subpaths. */
const FILLED_IN = [
  ...publicNames('lib/index.ts').filter(({ file }) => !file.startsWith('lib/diagnostics/')),
  ...['lambda/tool-kit/index.ts', 'lambda/interceptor-kit/index.ts', 'lib/policy/index.ts', 'lib/emulator/index.ts']
    .flatMap(publicNames)
    .filter(({ name }) => /(Props|Options|Edges|Dependencies|Input|Switches)$/.test(name)),
];

const MEMBER = /((?:^ {2}\/\*\*(?:(?!\*\/)[\s\S])*?\*\/\n)?)^ {2}(?:readonly )?(\w+)\?:/gm;

/** Optional members of an interface without `@default` in their docstring. */
function withoutDefault({ name, file }: PublicName): string[] {
  const body = new RegExp(`^export interface ${name}\\b[^\\n]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(read(file))?.[1] ?? '';
  const members = [...body.matchAll(MEMBER)];
  return members.filter(([, docs = '']) => !docs.includes('@default')).map((match) => `${file}: ${name}.${match[2]}`);
}

it('every optional prop says what happens without it', () => {
  expect(FILLED_IN.length).toBeGreaterThan(50);
  expect(FILLED_IN.flatMap(withoutDefault)).toEqual([]);
});
