import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../lib/contract/json';
import { ask } from '../../../lib/policy/cedar/cedar';
import { generateSchema } from '../../../lib/policy/schema/schema';
import { runs } from '../../runs';
import { targets } from '../subject';

function schemaOf(properties: JsonObject, others: JsonObject = {}) {
  const inputSchema = { type: 'object', properties, ...others };
  return generateSchema([{ name: 'T', tools: [{ name: 'x', description: '', inputSchema }] }]);
}

/** The text of the arguments' type. */
function inputType(properties: JsonObject, others: JsonObject = {}): string {
  const { text, diagnostics } = schemaOf(properties, others);
  expect(diagnostics).toEqual([]);
  return (/type T___x_Input = \{\s*([^;]*?),?\s*\};/.exec(text)?.[1] ?? '').replaceAll(/\s+/g, ' ');
}

describe('generateSchema', () => {
  it('has the shape of the platform', () => {
    const { text, diagnostics } = generateSchema(targets);
    expect(diagnostics).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "namespace AgentCore {
        type System = {
          now: datetime
        };

        type hr_payroll___create_payout_Input = {
          address?: {
            zip: String
          },
          amount: decimal,
          count?: Long,
          "employee-id": String,
          region?: String,
          tags?: Set<String>,
          urgent?: Bool
        };

        type hr_payroll___list_Input = {
          query: String
        };

        entity Gateway;

        entity IamEntity = {
          id: String
        };

        entity OAuthUser = {
          id: String
        } tags String;

        entity UnauthenticatedUser;

        action "CallTool" in [Action::"Mcp"];

        action "Mcp";

        action "class:destructive";

        action "class:open-world";

        action "class:read";

        action "class:write";

        action "hr-payroll" in [Action::"CallTool"];

        action "hr-payroll___create_payout" in [Action::"hr-payroll"] appliesTo {
          principal: [OAuthUser, IamEntity, UnauthenticatedUser],
          resource: [Gateway],
          context: {
            input: hr_payroll___create_payout_Input,
            system: System
          }
        };

        action "hr-payroll___list" in [Action::"hr-payroll"] appliesTo {
          principal: [OAuthUser, IamEntity, UnauthenticatedUser],
          resource: [Gateway],
          context: {
            input: hr_payroll___list_Input,
            system: System
          }
        };
      }
      "
    `);
  });

  it.each<[string, JsonObject, string]>([
    ['number', { type: 'number' }, 'decimal'],
    ['integer with a format', { type: 'integer', format: 'int32' }, 'Long'],
    ['date', { type: 'string', format: 'date' }, 'datetime'],
    ['decimal string', { type: 'string', format: 'decimal' }, 'decimal'],
    ['unknown format', { type: 'string', format: 'uuid' }, 'String'],
    ['enum', { type: 'string', enum: ['a', 'b'] }, 'String'],
    ['enum without a type', { enum: ['a', 'b'] }, 'String'],
    ['constant', { const: 'a' }, 'String'],
    ['integer enum', { type: 'integer', enum: [1, 2] }, 'Long'],
    ['nullable', { type: ['string', 'null'] }, '{ typeChoice0?: String, typeChoice1?: AgentCore::Null }'],
    ['choice', { anyOf: [{ type: 'string' }, { type: 'number' }] }, '{ typeChoice0?: String, typeChoice1?: decimal }'],
    [
      'tuple',
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
      '{ proj0: String, proj1: decimal }',
    ],
    ['nothing known', {}, 'AgentCore::Unknown'],
    ['array of anything', { type: 'array' }, 'Set<AgentCore::Unknown>'],
    ['open object', { type: 'object', additionalProperties: { type: 'string' } }, 'AgentCore::T___x::Input::a'],
  ])('maps %s', (_, schema, type) => {
    expect(inputType({ a: schema })).toBe(`a?: ${type}`);
  });

  // Covers assumed.enums
  it('makes enums entities behind its switch', () => {
    const tool = {
      name: 'x',
      description: '',
      inputSchema: { type: 'object', properties: { 'a-b': { type: 'string', enum: ['p', 'q'] } } },
    };
    const { text } = generateSchema([{ name: 'T', tools: [tool] }], { enums: 'entity' });
    expect(text).toContain('"a-b"?: AgentCore::T___x::Input::_a_b_p0');
    expect(text).toContain('entity _a_b_p0 enum ["p", "q"];');
  });

  it('follows references, in any place', () => {
    const $defs = {
      Zip: { type: 'string' },
      Address: { type: 'object', properties: { zip: { $ref: '#/$defs/Zip' } }, required: ['zip'] },
    };
    expect(
      inputType(
        { a: { $ref: '#/$defs/Address' }, b: { type: 'array', items: { $ref: '#/definitions/B' } } },
        {
          $defs,
          definitions: { B: { type: 'integer' } },
        },
      ),
    ).toBe('a?: { zip: String }, b?: Set<Long>');
  });

  it('does not require what may be null, because nulls are left out', () => {
    expect(inputType({ a: { type: ['string', 'null'] } }, { required: ['a'] })).toMatch(/^a\?: /);
  });

  it.each([
    ['hyphens', 'my-tool', 'my-arg'],
    ['reserved words', 'if', 'is'],
    ['dots and spaces', 'a.b c', 'x y'],
    ['other scripts', '道具', '引数'],
    ['quotes', 'a"b\\', 'c"d\\'],
    ['names of the generator', 't0', 'p0'],
    ['reserved names of Cedar', '__cedar', '__cedar::x'],
    ['prototypes', '__proto__', 'constructor'],
    ['long names', 'n'.repeat(256), 'm'.repeat(2_000)],
  ])('takes names with %s', (_, tool, argument) => {
    const properties = Object.fromEntries([[argument, { type: 'string' }]]);
    const inputSchema = { type: 'object', properties, required: [argument] };
    const { json, text, tools, diagnostics } = generateSchema([
      { name: 'a-target', tools: [{ name: tool, description: '', inputSchema }] },
    ]);
    expect(diagnostics).toEqual([]);
    expect(Object.keys(json['AgentCore']?.actions ?? {})).toContain(`a-target___${tool}`);
    expect([...(tools.get(`a-target___${tool}`)?.input.attributes.keys() ?? [])]).toEqual([argument]);
    expect(ask((cedar) => cedar.checkParseSchema(text))).toEqual({ type: 'success' });
  });

  it('keeps names apart that are one as identifiers', () => {
    const tool = (name: string) => ({
      name,
      description: '',
      inputSchema: { type: 'object', properties: { [name]: { type: 'string' } } },
    });
    const { text, tools, diagnostics } = generateSchema([
      { name: 'T', tools: [tool('a-b'), tool('a.b'), tool('a_b')] },
    ]);
    expect(diagnostics).toEqual([]);
    expect([...tools.keys()]).toEqual(['T___a-b', 'T___a.b', 'T___a_b']);
    for (const name of ['T___a_b_Input', 'T___a_b_Input_2', 'T___a_b_Input_3'])
      expect(text).toContain(`type ${name} =`);
  });

  it.each<[string, JsonObject]>([
    ['an unknown type', { type: 'strung' }],
    ['properties that are a text', { type: 'object', properties: 'x' }],
    ['a required that is a text', { type: 'object', required: 'a' }],
    ['a reference to nowhere', { $ref: '#/$defs/Nothing' }],
    ['a reference to elsewhere', { $ref: 'https://example.com/schema' }],
    ['a recursive reference', { $ref: '#/properties/a' }],
  ])('reports %s, and goes on', (_, schema) => {
    const { diagnostics, tools } = schemaOf({ a: schema });
    expect(diagnostics.map(({ code }) => code)).toEqual(['SCHEMA_TOOL_INVALID']);
    expect(diagnostics[0]?.message).toContain('`T___x`');
    expect(tools.size).toBe(1);
  });

  it('reports names that cannot be', () => {
    const tool = {
      name: 'x',
      description: '',
      inputSchema: { type: 'object', properties: { __extn: { type: 'string' } } },
    };
    const found = generateSchema([
      { name: 'Mcp', tools: [] },
      { name: 'T', tools: [tool, { ...tool, inputSchema: {} }] },
      { name: 'T', tools: [] },
    ]);
    expect(found.diagnostics.map(({ code }) => code).sort()).toEqual([
      'SCHEMA_PROPERTY_RESERVED',
      'SCHEMA_TARGET_DUPLICATE',
      'SCHEMA_TARGET_RESERVED',
      'SCHEMA_TOOL_DUPLICATE',
    ]);
  });

  it('does not grow without end', () => {
    const level = (name: number): JsonObject => ({
      type: 'object',
      properties: { a: { $ref: `#/$defs/D${name + 1}` }, b: { $ref: `#/$defs/D${name + 1}` } },
    });
    const $defs = Object.fromEntries(Array.from({ length: 30 }, (_, name) => [`D${name}`, level(name)]));
    const { diagnostics } = schemaOf({ a: { $ref: '#/$defs/D0' } }, { $defs: { ...$defs, D30: { type: 'string' } } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['SCHEMA_TOOL_INVALID']);
  });

  it('reports a tool with more arguments than Cedar can hold, and keeps the others', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 5_001 }, (_, index) => [`a${index}`, { type: 'string' }]),
    );
    const tool = { name: 'x', description: '', inputSchema: { type: 'object', properties } };
    const { diagnostics, tools } = generateSchema([...targets, { name: 'T', tools: [tool] }]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'the input schema of tool `T___x` has no Cedar type, so nobody may call it: it consists of more than 5000 schemas',
    ]);
    expect(tools.get('hr-payroll___list')?.input.attributes.size).toBe(1);
  });

  it('takes any JSON for a schema', () => {
    const keyword = fc.constantFrom(
      'type',
      'properties',
      'items',
      'anyOf',
      'enum',
      '$ref',
      'required',
      'additionalProperties',
      'format',
      'a',
      '$defs',
    );
    const word = fc.constantFrom('object', 'string', 'array', 'number', '#', '#/a', '#/properties/a', 'date', 'null');
    const schema = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'medium' },
        word,
        fc.jsonValue(),
        fc.dictionary(keyword, tie('node'), { maxKeys: 4 }),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(schema, fc.string(), fc.constantFrom('string' as const, 'entity' as const), (any, name, enums) => {
        const inputSchema = any as JsonObject;
        const { text } = generateSchema([{ name: 'T', tools: [{ name, description: '', inputSchema }] }], { enums });
        expect(ask((cedar) => cedar.checkParseSchema(text))).toEqual({ type: 'success' });
      }),
      runs(100),
    );
  });

  it('writes text that is at most four times as long as its JSON, however deep', () => {
    for (const depth of [1, 60]) {
      let inputSchema: JsonObject = { type: 'string' };
      for (let level = 0; level < depth; level += 1) {
        const others = Array.from({ length: 10 }, (_, index) => [`${index}`, { type: 'string' }]);
        inputSchema = { type: 'object', properties: { inner: inputSchema, ...Object.fromEntries(others) } };
      }
      const { text, json, diagnostics } = generateSchema([
        { name: 'T', tools: [{ name: `deep${depth}`, description: '', inputSchema }] },
      ]);
      expect(diagnostics).toEqual([]);
      expect(text.length).toBeLessThan(4 * JSON.stringify(json).length);
    }
  });
});
