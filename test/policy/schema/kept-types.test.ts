import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../lib/contract/json';
import type { KeptTypes } from '../../../lib/contract/manifest';
import type { CatalogTarget } from '../../../lib/policy/schema/catalog-target';
import { keptTypes, rememberTypes } from '../../../lib/policy/schema/kept-types';
import { generateSchema, typesToKeep } from '../../../lib/policy/schema/schema';
import { targets } from '../subject';

let count = 0;

/** Tools that nobody asked about before. */
function freshTools(type = 'number'): { tools: readonly CatalogTarget[]; action: string; inputSchema: JsonObject } {
  count += 1;
  const name = `kept${count}`;
  const inputSchema = { type: 'object', properties: { amount: { type } } };
  return {
    tools: [{ name, tools: [{ name: 'pay', description: '', inputSchema }] }],
    action: `${name}___pay`,
    inputSchema,
  };
}

const typeOf = (tools: readonly CatalogTarget[], action: string): string | undefined =>
  generateSchema(tools).tools.get(action)?.input.attributes.get('amount')?.type.kind;

/** An answer that the generator would not give: the amount is a text. */
const OTHER = JSON.stringify({
  AgentCore: {
    commonTypes: { t0Input: { type: 'Record', attributes: { p0: { type: 'String', required: false } } } },
    entityTypes: {},
    actions: {},
  },
});

function otherTypes({ action, inputSchema }: ReturnType<typeof freshTools>): KeptTypes {
  const schema = { type: 'object', properties: { p0: { type: 'number' } }, required: [] };
  return keptTypes([{ action, classes: [], declared: inputSchema, schema }], OTHER);
}

describe('types that a manifest keeps', () => {
  it('are what the generator answers, and serve in place of asking it', () => {
    const fresh = freshTools();
    rememberTypes(otherTypes(fresh));
    expect(typeOf(fresh.tools, fresh.action)).toBe('string');
    const kept = typesToKeep(targets);
    expect(JSON.parse(kept?.answer ?? '')).toHaveProperty('AgentCore');
    const before = generateSchema(targets);
    rememberTypes(kept as KeptTypes);
    // Another key of the memory, and the same tools.
    const after = generateSchema(targets, {}, ['kept-class']);
    expect(after.tools).toEqual(before.tools);
    expect(after.diagnostics).toEqual(before.diagnostics);
  });

  it.each<[string, (kept: KeptTypes) => KeptTypes]>([
    ['another answer', (kept) => ({ ...kept, answer: kept.answer.replace('String', 'Long') })],
    [
      'another digest',
      (kept) => ({ ...kept, digest: kept.digest.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
    ],
  ])('are as good as none with %s', (_, change) => {
    const fresh = freshTools();
    rememberTypes(change(otherTypes(fresh)));
    expect(typeOf(fresh.tools, fresh.action)).toBe('decimal');
  });

  it('are as good as none for a tool that was changed', () => {
    const fresh = freshTools('integer');
    rememberTypes(otherTypes(fresh));
    expect(typeOf(fresh.tools, fresh.action)).toBe('long');
  });

  it('say nothing of a tool that has none, which is denied as ever', () => {
    const recursive = { type: 'object', properties: { self: { $ref: '#' } } };
    const { tools } = freshTools();
    const all = [...tools, { name: 'refused', tools: [{ name: 'tool', description: '', inputSchema: recursive }] }];
    const before = generateSchema(all);
    expect([...before.denied]).toEqual(['refused___tool']);
    rememberTypes(typesToKeep(all) as KeptTypes);
    const after = generateSchema(all, {}, ['another-class']);
    expect(after.denied).toEqual(before.denied);
    expect(after.diagnostics).toEqual(before.diagnostics);
    expect(after.tools).toEqual(before.tools);
  });
});
