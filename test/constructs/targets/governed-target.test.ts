import { Lazy } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import type { FunctionToolsOptions } from '../../../lib/constructs/targets/source/target-options';
import { type InlineTool, ToolList } from '../../../lib/constructs/targets/source/tool-list';
import { Tools } from '../../../lib/constructs/targets/tools';
import type { DeclaredTrustedField } from '../../../lib/contract/trusted-context';
import { diagnosticsOf } from './diagnostics-of';
import { CLAIM_TOOLS, Fixture, type FixtureOptions, GEOGRAPHY, toolModule } from './fixture-app';

function inline(...tools: Partial<InlineTool>[]): ToolList {
  return ToolList.fromInline(
    ...tools.map((tool) => ({ name: 'a', description: 'A', inputSchema: { type: 'object' }, ...tool })),
  );
}

function functionTools(fixture: Fixture, list: ToolList, options: FunctionToolsOptions = {}): Tools {
  const code = Code.fromInline('exports.handler = async () => 1;');
  return Tools.fromFunction(
    new LambdaFunction(fixture.stack, 'Own', { code, handler: 'index.handler', runtime: Runtime.NODEJS_24_X }),
    list,
    options,
  );
}

function findings(list: ToolList, options: FixtureOptions = {}): string[] {
  const fixture = new Fixture();
  return diagnosticsOf(() => fixture.add(functionTools(fixture, list), options)).map(({ code }) => code);
}

describe('a target name', () => {
  it.each([
    ['Claims_Tools', 'Claims-Tools'],
    ['-claims', 'claims'],
    ['a--b', 'a-b'],
    ['claims.tools/v1', 'claims-tools-v1'],
    ['', 'target'],
    ['x'.repeat(101), 'x'.repeat(100)],
  ])('%j is refused, and a valid one is named', (name, suggestion) => {
    const fixture = new Fixture();
    const [finding] = diagnosticsOf(() => fixture.add(functionTools(fixture, inline({})), { name }));
    expect(finding?.code).toBe('TARGET_NAME_INVALID');
    expect(finding?.help).toContain(`\`${suggestion}\``);
  });

  it('may not be a token, because policies name it', () => {
    const name = Lazy.string({ produce: () => 'later' });
    const fixture = new Fixture();
    expect(() => fixture.add(functionTools(fixture, inline({})), { name })).toThrow('TARGET_NAME_TOKEN');
  });
});

describe('tools', () => {
  it('are checked all at once', () => {
    const union = { type: 'object', properties: { x: { anyOf: [{ type: 'string' }, { type: 'array', items: {} }] } } };
    const list = inline(
      {},
      {},
      { name: '', description: '' },
      { name: 'n'.repeat(255) },
      { name: 'u', inputSchema: union },
    );
    expect(findings(list, { name: 'no_good' })).toEqual([
      'TARGET_NAME_INVALID',
      'TARGET_DUPLICATE_TOOL',
      'TARGET_TOOL_WITHOUT_NAME',
      'TARGET_TOOL_WITHOUT_DESCRIPTION',
      'TARGET_TOOL_NAME_TOO_LONG',
      'TARGET_SCHEMA_INEXPRESSIBLE',
    ]);
  });

  it('must exist, and not be too many', () => {
    expect(findings(inline())).toEqual(['TARGET_NO_TOOLS']);
    const many = Array.from({ length: 1001 }, (_, index) => ({ name: `t${index}` }));
    expect(findings(inline(...many))).toEqual(['TARGET_TOO_MANY_TOOLS']);
  });

  it('take an object', () => {
    expect(findings(inline({ inputSchema: { type: 'string' } }))).toContain('TARGET_INPUT_NOT_OBJECT');
  });

  it('say in descriptions what their published schemas lose, and in one line that they do', () => {
    const fixture = new Fixture();
    const properties = {
      region: { type: 'string', enum: ['EU', 'US'], description: 'Where it happened' },
      mail: { type: 'string', format: 'email', pattern: '^.+@' },
      tags: { type: 'array', maxItems: 3, items: { type: 'string', pattern: '^[a-z]+$', minLength: 2 } },
      total: { type: 'number', minimum: 0, exclusiveMaximum: 10, default: 1, multipleOf: 0.5 },
      plain: { type: 'boolean' },
    };
    const inputSchema = { type: 'object', properties, additionalProperties: false };
    const list = inline({ inputSchema }, { name: 'b', inputSchema });
    const target = fixture.add(functionTools(fixture, list));
    expect(target._catalogTarget().tools[0]?.inputSchema).toEqual({
      type: 'object',
      properties: {
        region: { type: 'string', description: 'Where it happened (one of EU, US)' },
        mail: { type: 'string', description: 'Format email' },
        tags: {
          type: 'array',
          description: 'At most 3 items',
          items: { type: 'string', description: 'Matches ^[a-z]+$; at least 2 characters' },
        },
        total: { type: 'number', description: 'At least 0; less than 10; default 1; a multiple of 0.5' },
        plain: { type: 'boolean' },
      },
    });
    expect(target._catalogTarget().declaredInputs).toEqual({ a: inputSchema, b: inputSchema });
    expect(target._diagnostics()).toMatchObject([
      {
        code: 'TARGET_SCHEMA_KEYWORDS_LOST',
        severity: 'info',
        message: expect.stringMatching(
          /^the published schemas of target `Claims` cannot say .*`enum`.*descriptions tell agents$/,
        ),
      },
    ]);
    const plain = new Fixture();
    const without = plain.add(functionTools(plain, list, { constraintsInDescriptions: false }));
    expect(without._catalogTarget().tools[0]?.inputSchema).not.toHaveProperty('properties.mail.description');
    expect(without._diagnostics()[0]?.message).not.toContain('descriptions');
  });

  it('name tool, place and remedy of what cannot be expressed', () => {
    const entry = toolModule(`export const handler = toolHandler(defineTool({
      name: 'a', description: 'A', handler: () => 1,
      input: z.object({ where: z.object({ any: z.any() }), pairs: z.record(z.string(), z.string()) }),
    }));`);
    const found = diagnosticsOf(() => new Fixture().add(Tools.fromTypeScript(entry)));
    expect(found.map(({ message, help }) => `${message}; ${help}`)).toEqual([
      "`where.any` of tool `Claims___a` is a value of any type, which the gateway's schema cannot express; use a type, for example a string that holds JSON text",
      "`pairs` of tool `Claims___a` is a record with open keys, which the gateway's schema cannot express; use a list of objects with `key` and `value`",
    ]);
  });

  it('keep an output schema that can be expressed, and say so when not', () => {
    const entry = toolModule(`
      const tool = (name, output) => defineTool({ name, description: 'A', input: z.object({}), output, handler: () => ({}) });
      export const handler = toolHandler(tool('a', z.object({ x: z.int() })), tool('b', z.array(z.string())));`);
    const target = new Fixture().add(Tools.fromTypeScript(entry));
    expect(target._catalogTarget().tools.map((tool) => tool.outputSchema)).toEqual([
      { type: 'object', properties: { x: { type: 'integer' }, error: expect.objectContaining({ type: 'object' }) } },
      undefined,
    ]);
    expect(target._diagnostics().map(({ code }) => code)).toEqual(['TARGET_OUTPUT_SCHEMA_LEFT_OUT']);
  });
});

describe('trusted fields', () => {
  const field = (name: string, changes: Partial<DeclaredTrustedField> = {}): DeclaredTrustedField => ({
    ...GEOGRAPHY,
    name,
    tools: ['Claims___a', 'Claims___query_claims'],
    ...changes,
  });
  const claims = toolModule(CLAIM_TOOLS);
  const claimFindings = (...trustedFields: DeclaredTrustedField[]) =>
    diagnosticsOf(() => new Fixture().add(Tools.fromTypeScript(claims), { trustedFields })).map(({ code }) => code);

  it('may not collide with an argument of the tool', () => {
    const inputSchema = { type: 'object', properties: { geography: { type: 'string' } } };
    expect(findings(inline({ inputSchema }), { trustedFields: [field('geography')] })).toEqual([
      'TARGET_TRUSTED_FIELD_COLLISION',
    ]);
  });

  it('that a tool reads must be injected, in the type that it reads', () => {
    expect(claimFindings()).toEqual(['TARGET_TRUSTED_FIELD_MISSING']);
    expect(claimFindings(field('geography', { type: 'integer' }))).toEqual(['TARGET_TRUSTED_FIELD_TYPE']);
  });

  it('may not meet a schema that takes nothing else', () => {
    const inputSchema = { type: 'object', properties: {}, additionalProperties: false };
    expect(findings(inline({ inputSchema }), { trustedFields: [field('tenant')] })).toEqual([
      'TARGET_TRUSTED_FIELD_REFUSED',
    ]);
  });

  it('meet no strict schema with the proof, unless the tool kit takes it out before', () => {
    const source = { kind: 'proof', secretVariable: 'SECRET', fingerprint: 'f' } as const;
    const proof = field('gateway_proof', { source });
    const strict = { type: 'object', properties: {}, additionalProperties: false };
    expect(findings(inline({ inputSchema: strict }), { trustedFields: [proof] })).toEqual(['TARGET_PROOF_REFUSED']);
    const fixture = new Fixture();
    const open = inline({ inputSchema: { type: 'object', properties: {} } });
    expect(() => fixture.add(functionTools(fixture, open), { trustedFields: [proof] })).not.toThrow();
    const kit = toolModule(`
export const handler = toolHandler(
  defineTool({ name: 'a', description: 'A', input: z.strictObject({}), handler: () => ({}) }),
);`);
    const added = new Fixture().add(Tools.fromTypeScript(kit), { trustedFields: [proof] });
    expect(Object.keys(added._catalogTarget().tools[0]?.inputSchema['properties'] ?? {})).toEqual(['gateway_proof']);
  });

  it('only reach the tools that they are meant for', () => {
    const target = new Fixture().add(Tools.fromTypeScript(claims), { trustedFields: [field('geography')] });
    const [first, second] = target._catalogTarget().tools;
    expect(Object.keys(first?.inputSchema['properties'] ?? {})).toEqual(['claim_id', 'detail']);
    expect(Object.keys(second?.inputSchema['properties'] ?? {})).toContain('geography');
  });

  it('must be part of a schema that is not ours', () => {
    const endpoint = 'https://mcp.example.com/mcp';
    const remote = (properties: object, type: DeclaredTrustedField['type'] = 'string') => {
      const tools = inline({ inputSchema: { type: 'object', properties } });
      return () =>
        new Fixture().add(Tools.fromMcpServer(endpoint, { tools }), { trustedFields: [field('geography', { type })] });
    };
    expect(diagnosticsOf(remote({})).map(({ code }) => code)).toEqual(['TARGET_TRUSTED_FIELD_NOT_IN_SCHEMA']);
    expect(diagnosticsOf(remote({ geography: { type: 'string' } }, 'integer'))).toHaveLength(1);
    expect(remote({ geography: { type: 'string' } })().tools).toEqual(['a']);
  });
});
