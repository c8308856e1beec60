import { expect, it } from 'vitest';
import { read, sourceFiles } from '../house/source-files';

const texts = sourceFiles('lib/', 'lambda/', 'bin/')
  .filter((file) => !file.includes('/testing'))
  .map((file) => read(file).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, ''));

/** Names of optional members that interfaces of lib/contract declare. */
function optionalMembers(): string[] {
  const declared = sourceFiles('lib/contract/').flatMap((file) =>
    [...read(file).matchAll(/^\s+readonly (\w+)\?:/gm)].map(([, name]) => name as string),
  );
  return [...new Set(declared)];
}

/** Members whose other side is not ours. */
const OTHER_SIDE: { readonly [member: string]: string } = {
  Properties: 'templates have it',
  argumentsHash: 'whoever reads the audit records',
  isStreamingResponse: 'the gateway writes it',
  rawGatewayRequest: 'read by chains that teams write',
};

/** Options of the public surface, which users write and constructs may pass on as a whole. */
const options = new Set(
  sourceFiles('lib/constructs/').flatMap((file) =>
    [...read(file).matchAll(/^\s+readonly (\w+)\?:/gm)].map(([, name]) => name),
  ),
);

type Use = 'read' | 'written' | undefined;

/** What a source does with each mention of a member: `.name`, `'name'`, `name:` in a literal, or shorthand in braces. */
function usesOf(name: string): Set<Use> {
  const mention = new RegExp(`(\\.|'|readonly )?\\b${name}\\b('\\]|'|\\?)?(\\s*[:,}=][=>]?)?`, 'g');
  const mentioning = texts.filter((text) => text.includes(name));
  return new Set(mentioning.flatMap((text) => [...text.matchAll(mention)].map((match): Use => useOf(text, match))));
}

function useOf(text: string, match: RegExpExecArray): Use {
  const [all, before, quote, after = ''] = match;
  const sign = after.trim();
  if (before === 'readonly ' || (quote === '?' && sign === ':')) return undefined;
  if (before === '.' || before === "'") return sign === '=' ? 'written' : 'read';
  if (sign === ':') return isPattern(text, match.index + all.length) ? 'read' : 'written';
  if (sign === ',' || sign === '}') return isPattern(text, match.index + all.length - 1) ? 'read' : 'written';
  return 'read';
}

/** Whether the braces around a place are taken apart, `{ name } = value` or a parameter, and not put together. */
function isPattern(text: string, from: number): boolean {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    if (text[index] === '{') depth += 1;
    if (text[index] !== '}') continue;
    if (depth === 0) return /^\s*(=[^=>]|:\s*[A-Z]|\)\s*(=>|:))/.test(text.slice(index + 1, index + 80));
    depth -= 1;
  }
  return false;
}

it('has no optional member of the contract that nobody writes, or nobody reads', () => {
  const members = optionalMembers();
  expect(members.length).toBeGreaterThan(40);
  const doors = members
    .filter((name) => !Object.hasOwn(OTHER_SIDE, name))
    .flatMap((name) => {
      const uses = usesOf(name);
      if (options.has(name)) uses.add('written');
      return uses.has('read') && uses.has('written')
        ? []
        : [`${name}: ${uses.has('written') ? 'not read' : 'not written'}`];
    });
  expect(doors).toEqual([]);
});
