import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from 'ajv';
import Ajv from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf } from '../../../docs/page';
import { ROOT } from '../../../house/source-files';

const schema = JSON.parse(readFileSync(join(ROOT, 'docs/schemas/policy-test.schema.json'), 'utf8')) as Schema;
const validate = new Ajv({ strict: false }).compile(schema as object);

describe('the JSON Schema for editors', () => {
  it.each(blocksOf('policy-tests.md').filter(({ language }) => language === 'yaml'))(
    'takes $file of the guide',
    ({ text }) => {
      expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
    },
  );

  it.each(['devops', 'lakehouse', 'underwriting'])('takes the tests of %s', (name) => {
    const text = readFileSync(join(ROOT, `policies/${name}/${name}.test.yaml`), 'utf8');
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  });

  it.each([
    ['a misspelt setting', 'personas: {}\ntest: []'],
    ['a misspelt setting of a case', 'personas: {}\ntests: [{ as: a, call: t, expct: DENY }]'],
    ['a wrong outcome', 'personas: {}\ntests: [{ as: a, call: t, expect: allow }]'],
    ['a case of no kind', 'personas: {}\ntests: [{ as: a }]'],
    ['a group that is no list', 'personas: { a: { groups: x } }\ntests: []'],
  ])('marks %s', (_, text) => {
    expect(validate(parse(text))).toBe(false);
  });

  it('explains every setting, so that editors can', () => {
    const silent = settings(schema).filter(
      ([, setting]) => setting.description === undefined && setting.$ref === undefined,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

function settings(part: unknown): [string, { description?: string; $ref?: string }][] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => [
    ...(key === 'properties' ? (Object.entries(value as object) as [string, object][]) : []),
    ...settings(value),
  ]);
}
