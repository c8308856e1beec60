import { readFileSync } from 'node:fs';

/** Pages in the order of the table on the README. */
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const rows = readme.slice(readme.indexOf('## Documentation')).match(/^\| \[.*$/gm) ?? [];
const pages = rows.flatMap((row) => [...row.matchAll(/\]\(([\w/.-]+\.md)\)/g)].map(([, page]) => page));

/** Entry of the package's exports to its source. */
export const ENTRIES = {
  'governed-gateway': 'lib/index.ts',
  'governed-gateway/interceptor': 'lambda/interceptor-kit/index.ts',
  'governed-gateway/tool': 'lambda/tool-kit/index.ts',
  'governed-gateway/policy': 'lib/policy/index.ts',
  'governed-gateway/emulator': 'lib/emulator/index.ts',
};

export default {
  name: 'governed-gateway',
  entryPoints: Object.values(ENTRIES).map((source) => `../${source}`),
  tsconfig: 'tsconfig.json',
  // `npm run typecheck` reports what is wrong, with the compiler that the package is built with.
  skipErrorChecking: true,
  out: 'dist',
  cleanOutputDir: true,
  readme: '../README.md',
  projectDocuments: [...pages, 'CONTRIBUTING.md', 'CHANGELOG.md'].map((page) => `../${page}`),
  router: 'files',
  plugin: ['./names.mjs', './mermaid.mjs'],
  customCss: 'site.css',
  favicon: 'favicon.svg',
  excludePrivate: true,
  excludeInternal: true,
  disableSources: true,
  searchInDocuments: true,
  searchInComments: true,
  searchGroupBoosts: { Documents: 20 },
  includeHierarchySummary: false,
  highlightLanguages: ['bash', 'console', 'diff', 'js', 'json', 'text', 'ts', 'typescript', 'yaml'],
  ignoredHighlightLanguages: ['cedar', 'mermaid'],
  validation: { notExported: false, invalidLink: true, invalidPath: true, notDocumented: false },
  treatWarningsAsErrors: true,
};
