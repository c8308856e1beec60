import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import { expect, it } from 'vitest';
import { CATALOGUE, type DiagnosticCode } from '../../lib/diagnostics/catalogue';
import { type Diagnostic, diagnostic } from '../../lib/diagnostics/diagnostic';
import { renderSarif } from '../../lib/diagnostics/render-sarif';

/** The official schema, as Microsoft publishes it with its own matchers. Draft 4 says `id` where later drafts say `$id`. */
function officialSchema(): AnySchemaObject {
  const folder = join(createRequire(__filename).resolve('@microsoft/jest-sarif/package.json'), '..');
  const text = readFileSync(join(folder, 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8');
  const { id: _, $schema: __, ...schema } = JSON.parse(text) as AnySchemaObject;
  return schema;
}

const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(officialSchema());

interface Rule {
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly helpUri: string;
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
      readonly results: readonly { readonly locations: readonly object[] }[];
    },
  ];
}

// Covers findings.sarif
it('holds for every code of the catalogue, with and without a place, and has what GitHub asks of rules and results', () => {
  const params = new Proxy({}, { get: () => undefined });
  const location = { file: 'policies/ä b.cedar', line: 1, column: 2, source: 'permit' };
  const findings = (Object.keys(CATALOGUE) as DiagnosticCode[]).map((code, index): Diagnostic => {
    const { severity } = CATALOGUE[code];
    const finding = { code, severity, message: code, help: 'help', params };
    return (
      index % 2 === 0 ? finding : { ...finding, location, related: [{ message: 'here', location }] }
    ) as Diagnostic;
  });
  const unplaced = diagnostic('COMMAND_UNKNOWN', { name: 'tst', suggestion: undefined });
  const log = renderSarif([...findings, unplaced], { place: 'cdk.json', homepage: 'https://example.com' }) as Log;
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  const [{ tool, results }] = log.runs;
  expect(results.every(({ locations }) => locations.length === 1)).toBe(true);
  for (const { shortDescription, fullDescription, help, helpUri } of tool.driver.rules) {
    for (const { text } of [shortDescription, fullDescription, help]) expect(text).toMatch(/\S/);
    expect(URL.canParse(helpUri)).toBe(true);
  }
});

it('is a check that can fail', () => {
  expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
});
