import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPolicies, PolicySource } from '../../lib/policy/source/source';
import { ROOT } from '../house/source-files';
import { blocksOf } from './page';

const PAGES = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const BLOCKS = ['../README.md', ...PAGES].flatMap((page) => blocksOf(page).map((block) => ({ page, ...block })));
const inLanguage = (name: string) => BLOCKS.filter(({ language }) => language === name);

it('every block of JSON or YAML on a page is that', () => {
  expect(inLanguage('json').length + inLanguage('yaml').length).toBeGreaterThan(10);
  for (const { page, text } of inLanguage('json')) expect(() => JSON.parse(text), `${page}\n${text}`).not.toThrow();
  for (const { page, text } of inLanguage('yaml')) expect(() => parse(text), `${page}\n${text}`).not.toThrow();
});

it('every block of Cedar on a page is read without a finding', () => {
  const directory = mkdtempSync(join(tmpdir(), 'blocks-'));
  try {
    const found = inLanguage('cedar').flatMap(({ page, text }, index) => {
      const file = `${index}${text.includes('@invariant(') ? '.invariant' : ''}.cedar`;
      writeFileSync(join(directory, file), text);
      const source = PolicySource.fromFile(file);
      const { diagnostics } = loadPolicies([source], { baseDirectory: directory, nameSeed: 'page' });
      return diagnostics.map(({ code, message }) => `${page}: ${code} ${message}`);
    });
    expect(inLanguage('cedar').length).toBeGreaterThan(5);
    expect(found).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
