import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOfAnnotations } from '../../../lib/contract/tool-classes/annotations';
import {
  BASE_CLASSES,
  CLASS_NAME_PATTERN,
  classAction,
  classOfAction,
  invalidClassNames,
  orderedClasses,
} from '../../../lib/contract/tool-classes/names';
import { classesOfOpenApi, classesOfOperation, classesOfSmithy } from '../../../lib/contract/tool-classes/operations';
import { overruledClasses } from '../../../lib/contract/tool-classes/overruled';
import { riskChange } from '../../../lib/contract/tool-classes/risk';
import { classesOfTool, deniedRisks, saidOfTool } from '../../../lib/contract/tool-classes/tool-classes';

const hint = fc.option(fc.boolean(), { nil: undefined });
const annotations = fc.record(
  { readOnlyHint: hint, destructiveHint: hint, idempotentHint: hint, openWorldHint: hint, title: fc.string() },
  { requiredKeys: [] },
) as unknown as fc.Arbitrary<{ [name: string]: boolean }>;
const className = fc.oneof(
  fc.constantFrom(...BASE_CLASSES),
  fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?$/),
);

describe('the names of classes', () => {
  it('are words in lower case with hyphens, and have a group that no target can be named after', () => {
    expect(invalidClassNames(['pii', 'open-world', 'tier-1', 'PII', 'a--b', '', 'class:x', 'x'.repeat(41)])).toEqual([
      'PII',
      'a--b',
      '',
      'class:x',
      'x'.repeat(41),
    ]);
    expect(classAction('pii')).toBe('class:pii');
    expect([classOfAction('class:pii'), classOfAction('orders___get'), classOfAction('orders')]).toEqual([
      'pii',
      undefined,
      undefined,
    ]);
  });

  it('stand in one order, where what destroys writes and what writes is no mere read', () => {
    fc.assert(
      fc.property(fc.array(className), (names) => {
        const ordered = orderedClasses(names);
        expect(orderedClasses([...ordered].reverse())).toEqual(ordered);
        expect(new Set(ordered).size).toBe(ordered.length);
        expect(ordered.includes('read') && ordered.includes('write')).toBe(false);
        if (names.includes('destructive')) expect(ordered).toContain('write');
        for (const name of names) if (name !== 'read') expect(ordered).toContain(name);
        expect(ordered.every((name) => CLASS_NAME_PATTERN.test(name))).toBe(true);
      }),
    );
  });
});

describe('the annotations of an MCP tool', () => {
  // Covers target.annotations
  it.each([
    [undefined, 'own', []],
    [undefined, 'trusted', ['write', 'destructive', 'open-world']],
    [{}, 'own', ['write', 'destructive', 'open-world']],
    [{ readOnlyHint: true }, 'own', ['read', 'open-world']],
    [{ readOnlyHint: true, openWorldHint: false }, 'trusted', ['read']],
    [{ readOnlyHint: true, destructiveHint: true, openWorldHint: false }, 'trusted', ['read']],
    [{ destructiveHint: false, idempotentHint: true, openWorldHint: false }, 'own', ['write']],
    [{ readOnlyHint: true, openWorldHint: false }, 'foreign', ['write', 'destructive', 'open-world']],
    [{ readOnlyHint: 'yes', openWorldHint: 0 }, 'trusted', ['write', 'destructive', 'open-world']],
    ['read only', 'trusted', ['write', 'destructive', 'open-world']],
  ] as const)('%j of a server that is %s: %j', (given, trust, classes) => {
    expect(classesOfAnnotations(given, trust)).toEqual(classes);
  });

  it('make no tool of somebody else less of a risk, unless the team trusts them', () => {
    fc.assert(
      fc.property(annotations, (given) => {
        const unsaid = classesOfAnnotations(undefined, 'foreign');
        expect(riskChange(unsaid, classesOfAnnotations(given, 'foreign'))).not.toBe('lowered');
        expect(classesOfAnnotations(given, 'trusted')).toEqual(classesOfAnnotations(given, 'own'));
      }),
    );
  });

  it('are said to be contradicted where the team sees less risk than the author claims', () => {
    const tool = { annotations: { readOnlyHint: false, destructiveHint: true, openWorldHint: false } };
    expect(deniedRisks(tool, classesOfTool(tool, 'foreign', ['read']))).toEqual(['write', 'destructive']);
    expect(deniedRisks(tool, classesOfTool(tool, 'foreign', ['destructive']))).toEqual([]);
    expect(deniedRisks({ annotations: { readOnlyHint: true } }, ['read'])).toEqual([]);
  });
});

describe('the operations of an HTTP API', () => {
  // Covers target.safe-methods
  it.each([
    ['GET', ['read']],
    ['head', ['read']],
    ['OPTIONS', ['read']],
    ['POST', ['write']],
    ['PUT', ['write']],
    ['PATCH', ['write']],
    ['DELETE', ['write', 'destructive']],
    ['PURGE', ['write']],
    [undefined, []],
  ])('have classes by their method: %s is %j', (method, classes) => {
    expect(classesOfOperation({ method })).toEqual(classes);
  });

  it('have those of their tags too, and those of an extension in place of what it speaks of', () => {
    const get = { method: 'GET', tags: ['customers', 'class:pii'] };
    expect(classesOfOpenApi(get, {}, {})).toEqual(['read', 'pii']);
    expect(classesOfOpenApi(get, { 'x-tool-classes': 'money' }, {})).toEqual(['read', 'money']);
    expect(classesOfOpenApi(get, {}, { 'x-tool-classes': ['destructive'] })).toEqual(['write', 'destructive', 'pii']);
    expect(classesOfOpenApi(get, { 'x-tool-classes': ['write'] }, { 'x-tool-classes': ['read'] })).toEqual([
      'write',
      'pii',
    ]);
    expect(classesOfOpenApi(get, { 'x-tool-classes': [] }, {})).toEqual([]);
    expect(invalidClassNames(classesOfOpenApi(get, { 'x-tool-classes': [{ a: 1 }] }, {}))).toEqual(['{"a":1}']);
  });

  it.each([
    [{ 'smithy.api#readonly': {} }, { method: 'GET' }, ['read']],
    [{ 'smithy.api#readonly': {} }, { method: 'POST' }, ['read']],
    [{ 'smithy.api#readonly': {} }, { method: 'DELETE' }, ['write', 'destructive']],
    [{ 'smithy.api#readonly': {}, 'smithy.api#idempotent': {} }, {}, ['write']],
    [{ 'smithy.api#idempotent': {} }, { method: 'PUT' }, ['write']],
    [{ 'smithy.api#idempotent': {} }, { method: 'GET' }, ['write']],
    [{}, { method: 'POST', tags: ['class:money'] }, ['write', 'money']],
    [{}, { method: 'DELETE', tags: ['class:write'] }, ['write']],
    [{}, {}, []],
  ])('have classes by traits of Smithy: %j with %j', (traits, operation, classes) => {
    expect(classesOfSmithy(traits, operation)).toEqual(classes);
  });
});

describe('what the team says of a target', () => {
  it('overrules what is said of the same kind, and leaves the rest', () => {
    expect(overruledClasses(['read', 'pii'], undefined)).toEqual(['read', 'pii']);
    expect(overruledClasses(['read', 'pii'], ['write'])).toEqual(['write', 'pii']);
    expect(overruledClasses(['read', 'pii'], ['money'])).toEqual(['read', 'money']);
    expect(overruledClasses(['read', 'pii'], [])).toEqual([]);
    fc.assert(
      fc.property(fc.array(className), fc.array(className, { minLength: 1 }), (before, said) => {
        const after = overruledClasses(before, said);
        expect(overruledClasses(after, said)).toEqual(after);
        expect(after).toEqual(expect.arrayContaining(orderedClasses(said)));
      }),
    );
  });

  it('is found by name, else by the first pattern that fits', () => {
    const said = { 'get_*': ['read'], get_secret: ['secret'], '*_all': ['destructive'], '*': [] };
    const of = (tool: string) => saidOfTool(said, tool);
    expect([of('get_order'), of('get_secret'), of('drop_all'), of('get_all'), of('other')]).toEqual([
      ['read'],
      ['secret'],
      ['destructive'],
      ['read'],
      [],
    ]);
    expect(saidOfTool({ 'a.b*': ['read'] }, 'axbc')).toBeUndefined();
    expect(saidOfTool({}, 'toString')).toBeUndefined();
  });

  it('stands above definition and annotations', () => {
    const tool = { annotations: { readOnlyHint: true, openWorldHint: false }, classes: ['pii'] };
    expect(classesOfTool(tool, 'own')).toEqual(['read', 'pii']);
    expect(classesOfTool(tool, 'foreign')).toEqual(['write', 'destructive', 'open-world', 'pii']);
    expect(classesOfTool(tool, 'foreign', ['read'])).toEqual(['read', 'pii']);
  });
});

describe('the risk of a tool', () => {
  it.each([
    [['read'], ['read'], 'none'],
    [['read'], ['read', 'pii'], 'other'],
    [['read', 'pii'], ['read', 'money'], 'other'],
    [['read'], ['write'], 'raised'],
    [['write'], ['read', 'open-world'], 'raised'],
    [['write', 'destructive'], ['write'], 'lowered'],
    [[], ['write', 'destructive', 'open-world'], 'lowered'],
    [['read'], [], 'raised'],
  ])('from %j to %j is %s', (before, after, change) => {
    expect(riskChange(before, after)).toBe(change);
  });
});
