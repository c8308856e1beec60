import { describe, expect, it } from 'vitest';
import { bundleTypeScript } from '../../../lib/constructs/functions/bundle-typescript';
import { readToolDefinitions } from '../../../lib/constructs/targets/typescript/read-tool-definitions';
import { diagnosticsOf } from './diagnostics-of';
import { toolModule } from './fixture-app';

const read = (body: string, environment?: Record<string, string>) =>
  readToolDefinitions(bundleTypeScript(toolModule(body)), environment);

const ONE_TOOL = `export const handler = toolHandler(
  defineTool({ name: 'a', description: 'A', input: z.object({ x: z.string() }), handler: () => 1 }),
);`;

describe('readToolDefinitions', () => {
  it('reads the tools of the handler', () => {
    expect(read(ONE_TOOL).map((tool) => tool.name)).toEqual(['a']);
  });

  it('needs no AWS SDK, whatever a module does with it while it loads', () => {
    const body = `
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
      import * as lib from '@aws-sdk/lib-dynamodb';
      import kms from '@aws-sdk/client-kms';
      import { NodeHttpHandler } from '@smithy/node-http-handler';
      const client = lib.DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: new NodeHttpHandler() }));
      class Wrapped extends DynamoDBClient { own() { return 'own'; } }
      const own = new Wrapped({}).own();
      client.middlewareStack.add(() => undefined, { step: 'build' });
      const keys = new kms.KMSClient({}).send(new kms.ListKeysCommand()).then;
      const loaded = (async () => (await client.send({})).Items.map((item) => item))();
      for (const page of lib.paginateScan({ client }, {})) throw new Error(String(page));
      const text = String(client);
      export const seen = [own, keys, loaded, text, client instanceof Error];
      ${ONE_TOOL.replace("name: 'a'", 'name: own + keys + text')}`;
    expect(read(body).map((tool) => tool.name)).toEqual(['ownundefined']);
  });

  it('gives the module the environment of the function, and leaves that of the process alone', () => {
    process.env['TOOLS_TEST_KEPT'] = 'before';
    const body = `
      if (!process.env.TOOLS_TEST_TABLE) throw new Error('no table');
      process.env.TOOLS_TEST_KEPT = 'changed';
      process.env.TOOLS_TEST_NEW = 'new';
      ${ONE_TOOL}`;
    expect(read(body, { TOOLS_TEST_TABLE: 'table' })).toHaveLength(1);
    expect(process.env['TOOLS_TEST_KEPT']).toBe('before');
    expect(process.env['TOOLS_TEST_NEW']).toBeUndefined();
    expect(process.env['TOOLS_TEST_TABLE']).toBeUndefined();
    delete process.env['TOOLS_TEST_KEPT'];
  });

  it.each([
    ['throws while it loads', "throw new RangeError('no config');", 'TARGET_MODULE_FAILED', 'RangeError: no config'],
    ['has no handler', 'export const tools = [];', 'TARGET_HANDLER_MISSING', 'exports no `handler`'],
    ['has another handler', 'export const handler = async () => 1;', 'TARGET_HANDLER_WITHOUT_TOOLS', 'toolHandler'],
    [
      'has a handler with other tools',
      'export const handler = { tools: [1] };',
      'TARGET_HANDLER_WITHOUT_TOOLS',
      'toolHandler',
    ],
  ])('says so when a module %s', (_name, body, code, text) => {
    const [finding, ...others] = diagnosticsOf(() => read(body));
    expect(others).toEqual([]);
    expect(finding?.code).toBe(code);
    expect(finding?.message).toContain(text);
    expect(finding?.message).toContain('tools.ts');
  });
});
