import { expect, it } from 'vitest';
import { read } from '../house/source-files';

it('docs/observability.md adds up what observability costs', () => {
  const [, table = ''] = /## What it costs([\s\S]*)$/.exec(read('docs/observability.md')) ?? [];
  const dollars = [...table.matchAll(/^\|.*\| \**(\d+\.\d\d)\** \|$/gm)].map(([, value]) =>
    Math.round(Number(value) * 100),
  );
  const total = dollars.pop();
  expect(dollars.length).toBeGreaterThan(7);
  expect(dollars.reduce((sum, each) => sum + each, 0)).toBe(total);
});
