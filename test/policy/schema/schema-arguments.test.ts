import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCedarInput } from '../../../lib/contract/arguments/cedar-input';
import type { JsonObject } from '../../../lib/contract/json';
import { ask } from '../../../lib/policy/cedar/cedar';
import { generateSchema } from '../../../lib/policy/schema/schema';
import { runs } from '../../runs';

/** A JSON schema with a value that fits it. */
interface Fitting {
  readonly schema: JsonObject;
  readonly value: unknown;
}

const propertyName = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '0',
    'if',
    'String',
    'Record',
    'Set',
    'decimal',
    'Unknown',
    'Null',
    'p0',
    'typeChoice0',
    'proj0',
    '__proto__',
    '__cedar',
    'a',
    'A',
    'TypeChoice0',
    'Input',
  ),
);

const fitting: fc.Arbitrary<Fitting> = fc.letrec<{ node: Fitting; object: Fitting }>((tie) => ({
  object: fc.dictionary(propertyName, fc.tuple(tie('node'), fc.boolean()), { maxKeys: 4 }).map((members) => {
    const entries = Object.entries(members).filter(([name]) => !['__extn', '__entity', '__expr'].includes(name));
    return {
      schema: {
        type: 'object',
        properties: Object.fromEntries(entries.map(([name, [{ schema }]]) => [name, schema])),
        required: entries.flatMap(([name, [, required]]) => (required ? [name] : [])),
      },
      value: Object.fromEntries(entries.map(([name, [{ value }]]) => [name, value])),
    };
  }),
  node: fc.oneof(
    { depthSize: 'small' },
    fc.string().map((value) => ({ schema: { type: 'string' }, value })),
    fc.integer().map((value) => ({ schema: { type: 'integer' }, value })),
    fc.double({ min: -1e14, max: 1e14, noNaN: true }).map((value) => ({ schema: { type: 'number' }, value })),
    fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
    fc.constantFrom('a', 'b').map((value) => ({ schema: { type: 'string', enum: ['a', 'b'] }, value })),
    fc
      .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => ({ schema: { type: 'string', format: 'date-time' }, value: date.toISOString() })),
    fc
      .jsonValue()
      .filter((value) => value !== null)
      .map((value) => ({ schema: {}, value })),
    tie('node').map(({ schema, value }) => ({ schema: { type: 'array', items: schema }, value: [value] })),
    tie('node').map(({ schema, value }) => ({ schema: { anyOf: [{ type: 'null' }, schema] }, value })),
    fc.tuple(fc.string(), tie('node')).map(([name, { schema, value }]) => ({
      schema: { type: 'object', additionalProperties: schema },
      value: { [name]: value },
    })),
    tie('object'),
  ),
})).object;

describe('arguments that fit the schema of a tool', () => {
  it('make a context that Cedar takes under the generated schema', () => {
    fc.assert(
      fc.property(fitting, fc.constantFrom('string' as const, 'entity' as const), ({ schema, value }, enums) => {
        const generated = generateSchema(
          [{ name: 'T', tools: [{ name: 'x', description: '', inputSchema: schema }] }],
          { enums },
        );
        // An object that declares no members is worth a warning.
        expect(generated.diagnostics.filter(({ code }) => code !== 'SCHEMA_ARGUMENT_OPEN')).toEqual([]);
        const type = generated.tools.get('T___x')?.input ?? { kind: 'record', attributes: new Map() };
        const { input, entities } = toCedarInput(JSON.parse(JSON.stringify(value)) as JsonObject, type);
        const context = { input, system: { now: { __extn: { fn: 'datetime', arg: '2026-01-01' } } } } as never;
        const action = { type: 'AgentCore::Action', id: 'T___x' };
        const answer = ask((cedar) => cedar.checkParseContext({ context, schema: generated.json, action }));
        expect(answer).toEqual({ type: 'success' });
        const parsed = ask((cedar) =>
          cedar.checkParseEntities({ entities: entities as never, schema: generated.json }),
        );
        expect(parsed).toEqual({ type: 'success' });
      }),
      runs(80),
    );
  });
});
