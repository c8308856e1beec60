import { publicNames } from '../public-names';

/** Index files by the import path of the package that leads to them. */
export const ENTRIES = {
  'governed-gateway': 'lib/index.ts',
  'governed-gateway/interceptor': 'lambda/interceptor-kit/index.ts',
  'governed-gateway/tool': 'lambda/tool-kit/index.ts',
  'governed-gateway/policy': 'lib/policy/index.ts',
  'governed-gateway/emulator': 'lib/emulator/index.ts',
} as const;

const INTRODUCTION = `# Public API

Every name that the package exports. What is not listed here is internal and may change without notice. A name that appears or disappears is a
change that users see: its diff is reviewed, and it has its line in the [changelog](../CHANGELOG.md).

This page is generated from the index files by \`npx tsx scripts/generate-docs.ts\`.
`;

/** The page that lists every exported name, one a line, so that a change is one line of a diff. */
export function publicApiPage(): string {
  const entries = Object.entries(ENTRIES).map(([path, index]) => {
    const exported = publicNames(index).sort((a, b) => (a.name < b.name ? -1 : 1));
    const list = (typeOnly: boolean): string =>
      exported.flatMap((entry) => (entry.typeOnly === typeOnly ? [`- \`${entry.name}\`\n`] : [])).join('');
    return `\n## \`${path}\`\n\nValues:\n\n${list(false)}\nTypes:\n\n${list(true)}`;
  });
  return `${INTRODUCTION}${entries.join('')}`;
}
