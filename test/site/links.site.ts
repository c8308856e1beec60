import { readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { publicNames } from '../../scripts/public-names';
import { ROOT } from '../house/source-files';
import { FILES, textOf } from './site';

const PAGES = FILES.filter((file) => file.endsWith('.html'));

/** Anchors of each page. */
const anchors = new Map(
  PAGES.map((page) => [page, new Set([...textOf(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]),
);

/** Links and sources of a page that lead nowhere. Those of other sites are left out. */
function deadLinksOf(page: string): string[] {
  const links = [...textOf(page).matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^(https?|mailto):/.test(link) || link === '' || link === '#') return false;
    const [path = '', anchor] = decodeURI(link).split('#');
    const target = path === '' ? page : normalize(join(dirname(page), path.replace(/\/$/, '/index.html')));
    if (!FILES.includes(target)) return true;
    return anchor !== undefined && anchors.get(target)?.has(anchor) === false;
  });
}

it('no link of any page leads nowhere', () => {
  expect(PAGES.length).toBeGreaterThan(100);
  expect(PAGES.flatMap((page) => deadLinksOf(page).map((link) => `${page}: ${link}`))).toEqual([]);
});

it('every page of docs/ is on it, and none is offered as a file to download', () => {
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const others = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
  expect(FILES.filter((file) => dirname(file) === 'docs').toSorted()).toEqual(
    [...pages, ...others].map((name) => `docs/${name.replace('.md', '.html')}`).toSorted(),
  );
  expect(FILES.filter((file) => file.endsWith('.md'))).toEqual([]);
});

it('every public name has its page', () => {
  const names = publicNames('lib/index.ts').map(({ name }) => name);
  const missing = names.filter((name) => !PAGES.some((page) => page.endsWith(`/governed-gateway.${name}.html`)));
  expect(missing).toEqual([]);
});
