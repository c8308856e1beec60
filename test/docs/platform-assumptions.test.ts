import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSwitches } from '../../lib/cli/read-switches';
import { resolveSwitches } from '../../lib/emulator/options';

const PAGE = readFileSync('docs/platform-assumptions.md', 'utf8');
const rows = [...PAGE.matchAll(/^\| `(\w+)` \| ([^|]+) \| `(\w+)` \|/gm)].map(
  ([, name = '', values = '', standard = '']) => ({ name, values, standard }),
);

describe('the page of platform assumptions', () => {
  it('lists every switch of the emulator with its default', () => {
    const defaults = Object.entries(resolveSwitches()).map(([name, value]) => [name, String(value)]);
    expect(Object.fromEntries(rows.map(({ name, standard }) => [name, standard]))).toEqual(
      Object.fromEntries(defaults),
    );
  });

  it('names the values that each switch takes', () => {
    for (const { name, values, standard } of rows) {
      const named = [...values.matchAll(/`(\w+)`/g)].map(([, value = '']) => value);
      for (const value of named.length > 0 ? named : [standard])
        expect(readSwitches([`${name}=${value}`])).toHaveProperty(name);
      expect(() => readSwitches([`${name}=nonsense`])).toThrow();
    }
  });

  it('points at files that exist', () => {
    const paths = [...PAGE.matchAll(/`((?:lib|lambda)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });
});
