import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describedTools } from '../../../lib/constructs/targets/api-gateway/api-operations';
import { OpenApiDocument } from '../../../lib/constructs/targets/openapi/document';
import { SmithyModel } from '../../../lib/constructs/targets/smithy/model';
import { ToolList } from '../../../lib/constructs/targets/source/tool-list';
import type { JsonObject } from '../../../lib/contract/json';
import { GovernanceError } from '../../../lib/diagnostics/governance-error';
import { runs } from '../../runs';
import { diagnosticsOf } from './diagnostics-of';

const folder = mkdtempSync(join(tmpdir(), 'hostile-documents-'));
let files = 0;

function file(content: string): string {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, content);
  return path;
}

/** Documents of any shape, made of these words. */
function documents(words: string): fc.Arbitrary<unknown> {
  const word = fc.constantFrom(...words.split(' '), '__proto__', '');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 9, depthSize: 'xlarge' },
      fc.oneof(word, fc.constantFrom(null, true, false, 0, 1.5)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 5 }),
    ),
  }));
  return value;
}

/** Fails with the error of a run that is none of the catalogue. */
function holds(value: fc.Arbitrary<unknown>, read: (value: unknown) => void): void {
  const run = (one: unknown): void => {
    try {
      read(one);
    } catch (error) {
      if (!GovernanceError.is(error)) throw error;
    }
  };
  fc.assert(fc.property(value, run), runs(100));
}

const OPENAPI = documents(
  'paths /a /a/{id} get post parameters requestBody content application/json multipart/form-data schema properties items allOf anyOf oneOf $ref type required enum name in servers url variables tags operationId responses additionalProperties encoding style security securitySchemes id query path object array string # #/ #/paths/~1a/get #/% x.yaml#/a https://{x}.example.com',
);

describe('whatever a document holds, there are findings or tools and never a raw error', () => {
  it('OpenAPI', () => {
    const head = { openapi: '3.0.3', info: {}, servers: [{ url: 'https://api.example.com' }] };
    const item = fc.record({ get: OPENAPI, post: fc.record({ parameters: OPENAPI, requestBody: OPENAPI }) });
    const document = fc.record({
      paths: fc.record({ '/a/{id}': item, '/b': OPENAPI }),
      servers: OPENAPI,
      components: OPENAPI,
    });
    holds(document, (one) => {
      const found = new OpenApiDocument(file(JSON.stringify({ ...head, ...(one as object) })), {});
      if (found.findings.every(({ severity }) => severity !== 'error')) found.deployed(() => []);
    });
  });

  it('exports of API Gateway', () => {
    const document = fc.record({ paths: fc.record({ '/a/{id}': OPENAPI, '/b': OPENAPI }), components: OPENAPI });
    holds(document, (one) => describedTools('api.json', one as JsonObject, {}, 'none'));
  });

  it('Smithy', () => {
    const shape = documents(
      'type service resource operation structure union list map enum operations resources collectionOperations target a#S a#O a#I smithy.api#String smithy.api#Unit input output members member mixins traits smithy.api#http smithy.api#tags smithy.api#httpHeader smithy.api#documentation aws.protocols#restJson1 read create method uri key value',
    );
    const service = fc.record({ type: fc.constant('service'), operations: shape, resources: shape, traits: shape });
    const operation = fc.record({ type: fc.constant('operation'), input: shape, output: shape, traits: shape });
    const shapes = fc.record({ 'a#S': service, 'a#O': operation, 'a#I': shape });
    holds(shapes, (one) => {
      const model = new SmithyModel(file(JSON.stringify({ smithy: '2.0', shapes: one })), {});
      if (model.findings.every(({ severity }) => severity !== 'error')) model.deployed();
    });
  });

  it('lists of tools', () => {
    holds(documents('tools result name description inputSchema outputSchema type object'), (one) =>
      ToolList.fromFile(file(JSON.stringify(one)))._read(),
    );
  });

  it.each([
    ['nests without end', `{"openapi":"3.0.3","paths":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`],
    [
      'unfolds without end',
      `a: &a [x]\n${'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]`)
        .join('\n')}`,
    ],
    ['is no JSON and no YAML', '{"a": [}'],
  ])('one that %s is unreadable', (_, content) => {
    expect(diagnosticsOf(() => new OpenApiDocument(file(content), {})).map(({ code }) => code)).toContain(
      'TARGET_FILE_UNREADABLE',
    );
  });
});
