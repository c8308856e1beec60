import { describe, expect, it } from 'vitest';
import { filterTools, toolFilter } from '../../../../lambda/interceptor-kit/steps/tool-filter';
import {
  message,
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  toolListings,
  tryRequest,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import type { JsonObject } from '../../../../lib/contract/json';
import { expectDenied, expectPassed, expectResult } from '../expect-output';

const tool = (name: string): JsonObject => ({ name, description: '', inputSchema: { type: 'object' } });
const NAMES = ['Claims___query', 'Claims___delete', 'Notes___read', 'Admin___reset'];
const visibleTo = { claim: 'cognito:groups', values: ['admins'] };
const RULES = [
  { tools: ['Claims___query', 'Notes'] },
  { tools: ['Claims___delete'], visibleTo },
  { tools: ['Admin'], visibleTo },
];
const step = (otherwise: 'show' | 'hide' = 'hide', denyCalls = true) =>
  toolFilter({ rules: RULES, otherwise, denyCalls });
const ADMIN = { claims: { sub: 'a', 'cognito:groups': ['admins'] } };
const ANN = { claims: { sub: 'b', 'cognito:groups': ['superadmins'] } };
const FOR_ANN = ['Claims___query', 'Notes___read'];

describe('tool filter', () => {
  const listings = toolListings(NAMES.map(tool));
  const shown = toolListings(FOR_ANN.map(tool));
  it.each(listings.map((listing, index) => ({ ...listing, expected: shown[index]?.result })))(
    'hides tools in $name',
    async ({ request, result, expected }) => {
      expectResult(await tryResponse([step()], responseEvent(request, resultOf(result), ANN)), expected);
      expectResult(await tryResponse([step()], responseEvent(request, resultOf(result), ADMIN)), result);
    },
  );

  it.each(['iam', 'none'] as const)(
    'hides what needs a claim on a gateway with authorization %s',
    async (authorization) => {
      const { request, result } = listings[0] ?? { request: {}, result: {} };
      const output = await tryResponse([step()], responseEvent(request, resultOf(result), ADMIN), {
        config: { authorization },
      });
      expectResult(output, shown[0]?.result);
    },
  );

  it('hides tools that no rule selects, unless told otherwise', async () => {
    const event = responseEvent(
      message('tools/list'),
      resultOf({ tools: [tool('New___tool'), tool('x_amz_bedrock_agentcore_search')] }),
      ANN,
    );
    expectResult(await tryResponse([step()], event), { tools: [tool('x_amz_bedrock_agentcore_search')] });
    expectResult(await tryResponse([step('show')], event), {
      tools: [tool('New___tool'), tool('x_amz_bedrock_agentcore_search')],
    });
  });

  it('shows no tool without a readable name', async () => {
    const tools = [
      null,
      'Notes___read',
      { name: ['Notes___read'] },
      [tool('Notes___read')],
      JSON.parse('{"__proto__":{"name":"Notes___read"}}'),
    ];
    expectResult(await tryResponse([step('show')], responseEvent(message('tools/list'), resultOf({ tools }))), {
      tools: [],
    });
    expectResult(
      await tryResponse([step('show')], responseEvent(message('tools/list'), resultOf({ tools: { a: 1 } }))),
      { tools: [] },
    );
  });

  it('keeps the cursor of a page', async () => {
    const page = { tools: [tool('Notes___read')], nextCursor: 'n' };
    expectResult(await tryResponse([step()], responseEvent(message('tools/list'), resultOf(page), ANN)), page);
  });

  // Covers assumed.search-filter
  it('denies calls to hidden tools as if they did not exist', async () => {
    for (const name of ['Claims___delete', 'Admin___reset', 'New___tool']) {
      expectDenied(await tryRequest([step()], requestEvent(toolCall(name), ANN)), 'unknown-tool');
    }
    for (const name of [...FOR_ANN, 'x_amz_bedrock_agentcore_search']) {
      expectPassed(await tryRequest([step()], requestEvent(toolCall(name), ANN)));
    }
    expectPassed(await tryRequest([step()], requestEvent(toolCall('Admin___reset'), ADMIN)));
    expectPassed(await tryRequest([step('hide', false)], requestEvent(toolCall('Admin___reset'), ANN)));
  });

  it('hides everything when a predicate throws, and all that is not plainly true', async () => {
    const event = responseEvent(message('tools/list'), resultOf({ tools: NAMES.map(tool) }));
    const throwing = filterTools(() => {
      throw new Error('x');
    });
    expectDenied(await tryResponse([throwing], event), 'step-failed');
    const promising = filterTools((() => Promise.resolve(true)) as never);
    expectResult(await tryResponse([promising], event), { tools: [] });
    const odd = filterTools((name) => name.startsWith('Notes'));
    expect(expectResult(await tryResponse([odd], event))['tools']).toHaveLength(1);
  });
});
