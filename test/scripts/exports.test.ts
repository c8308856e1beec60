import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../../scripts/pages/public-api';
import { publicNames } from '../../scripts/public-names';
import { read } from '../house/source-files';

const LOADED: { readonly [path in keyof typeof ENTRIES]: () => Promise<object> } = {
  'governed-gateway': () => import('../../lib/index.js'),
  'governed-gateway/interceptor': () => import('../../lambda/interceptor-kit/index.js'),
  'governed-gateway/tool': () => import('../../lambda/tool-kit/index.js'),
  'governed-gateway/policy': () => import('../../lib/policy/index.js'),
  'governed-gateway/emulator': () => import('../../lib/emulator/index.js'),
};
const paths = Object.keys(ENTRIES) as (keyof typeof ENTRIES)[];

/** docs/public-api.md lists the names: a test of the generated pages fails when one is missing there, and its diff is reviewed. */
describe.each(paths)('%s', (path) => {
  it('exports as values what it says are values', async () => {
    const values = publicNames(ENTRIES[path]).flatMap(({ name, typeOnly }) => (typeOnly ? [] : [name]));
    expect(values.length).toBeGreaterThan(0);
    expect(Object.keys(await LOADED[path]()).sort()).toEqual(values.sort());
  });
});

it('every import path of package.json has its list', () => {
  const { exports } = JSON.parse(read('package.json')) as { exports: object };
  const subpaths = Object.keys(exports).filter((subpath) => subpath !== './package.json');
  expect(subpaths.map((subpath) => subpath.replace(/^\./, 'governed-gateway'))).toEqual(paths);
});
