import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../house/source-files';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'].concat(
  readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
);

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Links of a page that lead nowhere. */
function deadLinksOf(page: string): string[] {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
}

/** Pages that a reader of a page comes to, link by link. */
function reachableFrom(page: string, seen = new Set<string>()): Set<string> {
  if (seen.has(page) || !PAGES.includes(page)) return seen;
  seen.add(page);
  for (const [, link = ''] of textOf(page).matchAll(/\]\(([^)\s#]+\.md)[^)]*\)/g)) {
    if (!/^https?:/.test(link)) reachableFrom(normalize(join(dirname(page), link)), seen);
  }
  return seen;
}

/** Paths of this repository in a page's inline code that do not exist. `NAME` stands for any file of its folder. */
function deadPathsOf(page: string): string[] {
  const prose = textOf(page).replace(/^```[\s\S]*?^```$/gm, '');
  const paths = [...prose.matchAll(/`(?:npx tsx )?((?:bench|bin|lambda|lib|scripts|test)\/[\w./-]+)[^`]*`/g)];
  return paths
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(ROOT, path.includes('NAME') ? dirname(path) : path)));
}

describe.each(PAGES)('%s', (page) => {
  it('links to pages and headings that exist', () => {
    expect(deadLinksOf(page)).toEqual([]);
  });

  it('names files and folders that exist', () => {
    expect(deadPathsOf(page)).toEqual([]);
  });
});

it('every page of docs/ stands in the table of the README, which is the order of the site', () => {
  const table = textOf('README.md').split('## Documentation')[1] ?? '';
  expect(PAGES.filter((page) => page.startsWith('docs/') && !table.includes(`](${page})`))).toEqual([]);
});

it('every page is reached from the README', () => {
  expect([...reachableFrom('README.md')].toSorted()).toEqual(PAGES.toSorted());
});
