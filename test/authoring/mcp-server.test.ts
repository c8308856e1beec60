import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { commandWords } from '../../lib/authoring/tools/command-words';
import { askServer } from '../../lib/authoring/tools/mcp-server';
import { inLine, readPin, toolsOf } from '../../lib/authoring/tools/pinned-tools';
import { serverUrl } from '../../lib/authoring/tools/server-url';
import type { JsonObject, JsonValue } from '../../lib/contract/json';
import { CommandLine } from '../cli/command-line';
import { expectCode } from './expect-code';
import { ScriptedServer, tool } from './hostile-server';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function ask(list: ConstructorParameters<typeof ScriptedServer>[0], token?: string) {
  const server = new ScriptedServer(list);
  stops.push(() => server.stop());
  const url = await server.start();
  const limits = { pages: 20, bytes: 200_000, depth: 50, time: 3_000 };
  const access = { cwd: '/', environment: {}, limits, ...(token !== undefined && { token }) };
  return { server, answer: () => askServer({ url }, access) };
}

describe('a server that is asked for its tools', () => {
  it('gives all pages, also empty ones', async () => {
    const pages: { [cursor: string]: JsonObject } = {
      '': { tools: [tool('a', { description: 'A' })], nextCursor: 'p2' },
      p2: { tools: [], nextCursor: 'p3' },
      p3: { tools: [tool('b', { annotations: { readOnlyHint: true }, outputSchema: { type: 'object' } })] },
    };
    const { answer } = await ask((cursor = '') => pages[cursor] ?? 404);
    expect(await answer()).toEqual({
      name: 'scripted',
      tools: [
        { name: 'a', description: 'A', inputSchema: { type: 'object' } },
        {
          name: 'b',
          inputSchema: { type: 'object' },
          outputSchema: { type: 'object' },
          annotations: { readOnlyHint: true },
        },
      ],
    });
  });

  it('gets the token with every message', async () => {
    const { answer, server } = await ask(() => ({ tools: [] }), 'very-secret');
    await answer();
    expect(new Set(server.authorizations)).toEqual(new Set(['Bearer very-secret']));
  });

  const deep = Array.from({ length: 200 }).reduce<JsonValue>((inner) => ({ items: inner }), 1) as JsonObject;
  it.each<
    [string, ConstructorParameters<typeof ScriptedServer>[0], 'TOOLS_ANSWER_INVALID' | 'TOOLS_SERVER_SILENT', RegExp]
  >([
    ['has pages without end', () => ({ tools: [], nextCursor: 'again' }), 'TOOLS_ANSWER_INVALID', /more than 20 pages/],
    [
      'has tools without end',
      () => ({ tools: Array.from({ length: 1001 }, (_, index) => tool(`t${index}`)) }),
      'TOOLS_ANSWER_INVALID',
      /more than 1000 tools/,
    ],
    [
      'has a huge answer',
      () => ({ tools: [tool('a', { description: 'x'.repeat(300_000) })] }),
      'TOOLS_SERVER_SILENT',
      /more than 200000 bytes/,
    ],
    [
      'nests without end',
      () => ({ tools: [tool('a', { inputSchema: { type: 'object', properties: { a: deep } } })] }),
      'TOOLS_ANSWER_INVALID',
      /deeper than 50 levels/,
    ],
    ['says nothing', () => 'silent', 'TOOLS_SERVER_SILENT', /did not answer|timed out/],
    [
      'has a name that no terminal should show',
      () => ({ tools: [tool('a\u001b[2Jb')] }),
      'TOOLS_ANSWER_INVALID',
      /name `a \[2Jb`/,
    ],
    ['has a name from right to left', () => ({ tools: [tool('a\u202eb')] }), 'TOOLS_ANSWER_INVALID', /name `a b`/],
    ['has a tool twice', () => ({ tools: [tool('a'), tool('a')] }), 'TOOLS_ANSWER_INVALID', /two tools `a`/],
    ['wants a token', () => 401, 'TOOLS_SERVER_SILENT', /./],
  ])('is refused when it %s', async (_, list, code, problem) => {
    const { answer } = await ask(list, 'very-secret');
    const { message } = await expectCode(answer, code);
    expect(message).toMatch(problem);
    expect(message).not.toContain('very-secret');
  });

  it('sends the token to nobody else', async () => {
    const other = new ScriptedServer(() => ({ tools: [] }));
    stops.push(() => other.stop());
    const url = await other.start();
    const { createServer } = await import('node:http');
    const redirecting = createServer((_, response) => response.writeHead(307, { location: url }).end());
    stops.push(() => new Promise((done) => redirecting.close(done)));
    await new Promise<void>((done) => redirecting.listen(0, '127.0.0.1', done));
    const { port } = redirecting.address() as { port: number };
    const origin = { url: `http://127.0.0.1:${port}/mcp` };
    await expectCode(
      () => askServer(origin, { cwd: '/', environment: {}, token: 'very-secret' }),
      'TOOLS_SERVER_SILENT',
    );
    expect(other.authorizations).toEqual([]);
    redirecting.closeAllConnections();
  });

  it('gets no token in clear, but on this machine', async () => {
    const origin = { url: 'http://mcp.example.com/mcp' };
    const access = { cwd: '/', environment: {}, token: 'very-secret' };
    await expectCode(() => askServer(origin, access), 'TOOLS_TOKEN_IN_CLEAR');
  });

  it('sees of the environment what it is given by name, as a command', async () => {
    const script = `
      const { createInterface } = require('node:readline');
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, method, params } = JSON.parse(line);
        if (id === undefined) return;
        const serverInfo = { name: 'env', version: '1' };
        const seen = Object.keys(process.env).filter((name) => name.startsWith('GIVEN')).join('-');
        const result = method === 'tools/list'
          ? { tools: [{ name: 'seen-' + seen, inputSchema: { type: 'object' } }] }
          : { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo };
        console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
      });`;
    const origin = { command: [process.execPath, '-e', script], environment: ['GIVEN', 'GIVEN_NOT_SET'] };
    const { tools } = await askServer(origin, { cwd: '/', environment: { GIVEN: 'a', GIVEN_NOT: 'b' } });
    expect(tools.map(({ name }) => name)).toEqual(['seen-GIVEN']);
  });

  it.each(['no-such-program', `${process.execPath} -e 0`])('is told when it does not run: %s', async (line) => {
    const origin = { command: line.split(' ') };
    await expectCode(() => askServer(origin, { cwd: '/', environment: {} }), 'TOOLS_SERVER_SILENT');
  });
});

describe('what a server is named by', () => {
  it('parts a command line into words as people write them', () => {
    expect(commandWords(`npx -y "a b" 'c "d"' e=" f"`)).toEqual(['npx', '-y', 'a b', 'c "d"', 'e= f']);
    for (const line of ['', '  ', `a "b`, `'`]) expect(commandWords(line)).toBeUndefined();
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1 }).filter((word) => !word.includes("'")),
          { minLength: 1 },
        ),
        (words) => {
          expect(commandWords(words.map((word) => `'${word}'`).join(' '))).toEqual(words);
        },
      ),
    );
  });

  it.each([
    'https://user:pass@example.com/',
    'https://user@example.com/',
    'https://example.com/?api_key=1',
    'https://example.com/?a=1&ACCESS_TOKEN=2',
  ])('holds no secret: %s', async (url) => {
    const { message } = await expectCode(() => serverUrl(url), 'TOOLS_URL_SECRET');
    for (const secret of ['pass@', 'api_key', 'TOKEN']) expect(message).not.toContain(secret);
  });

  it('is a URL of the web', () => {
    expect(serverUrl('https://example.com/mcp?region=eu')).toBe('https://example.com/mcp?region=eu');
    for (const text of ['file:///etc/passwd', 'example.com', 'javascript:1', ''])
      expect(serverUrl(text)).toBeUndefined();
  });
});

it('shows texts of others on one line, without what steers a terminal, and not endlessly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      expect(inLine(text)).toMatch(/^[^\p{Cc}\p{Cf}`]{0,80}$/u);
    }),
  );
});

it('reads tools of any JSON, or says what is wrong', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), (tools) => {
      try {
        toolsOf(tools as JsonValue[], 'any');
      } catch (error) {
        expect(String(error)).toContain('TOOLS_ANSWER_INVALID');
      }
    }),
  );
});

it.each([
  '',
  '[]',
  '{}',
  '{"origin":{"url":1},"tools":[]}',
  '{"origin":{"command":[]},"tools":[]}',
  '{"origin":{"url":"https://a"}}',
])('refuses a file that is no pin: %s', async (text) => {
  await expectCode(() => readPin('pin.json', text), 'TOOLS_PIN_INVALID');
});

describe('the commands', () => {
  const cli = new CommandLine();
  afterAll(() => cli.remove());

  it('start a project from a server, and then show what changed in it', async () => {
    let tools = [
      tool('look', { description: 'Looks', annotations: { readOnlyHint: true, openWorldHint: false } }),
      tool('drop', { annotations: { destructiveHint: true, openWorldHint: false } }),
    ];
    const server = new ScriptedServer(() => ({ tools }), 'shop-server');
    const url = await server.start();
    writeFileSync(join(cli.cwd, 'token'), 'very-secret\n');
    try {
      const init = ['init', 'shop', '--no-install', '--from-mcp', url, '--token', 'token', '--trust-annotations'];
      const started = await cli.run(init);
      expect(started, started.err).toMatchObject({ code: 0 });
      expect(started.out).toMatch(/^drop +write, destructive +nobody\nlook +read +everybody who has signed in\n/m);
      expect(server.authorizations).toContain('Bearer very-secret');
      const project = join(cli.cwd, 'shop');
      // The stack says of the tools what the pin says, so that policies on classes mean the same ones.
      const stack = cli.read('shop/lib/gateway-stack.ts');
      expect(stack).toMatch(/tools: ToolList\.fromFile\('tools\/shop\.json'\),\n.*\n {10}trustAnnotations: true,\n/);
      const files = readdirSync(project, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(files.length).toBeGreaterThan(10);
      for (const { parentPath, name } of files) {
        expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain('very-secret');
      }
      expect(started.out + started.err).not.toContain('very-secret');

      const same = await cli.run(['tools', 'refresh', '--check'], '', project);
      expect(same).toMatchObject({ code: 0, out: expect.stringContaining('offers what is pinned') });

      tools = [
        tool('look', {
          description: 'Looks \u001b[31mclosely',
          annotations: { destructiveHint: true, openWorldHint: false },
        }),
        tool('pay', { inputSchema: { type: 'object', properties: { amount: { type: 'number' } } } }),
      ];
      const checked = await cli.run(['tools', 'refresh', '--check'], '', project);
      expect(checked.code).toBe(2);
      expect(checked.out).toContain('gone     drop: write, destructive\n');
      expect(checked.out).toContain(
        'changed  look: description, annotations; risk raised: read -> write, destructive\n',
      );
      expect(checked.out).toContain('new      pay: write, destructive, open-world\n');
      const json = await cli.run(['tools', 'refresh', 'tools/shop.json', '--check', '--format', 'json'], '', project);
      expect(
        JSON.parse(json.out).servers[0].changes.map(({ tool: name, kind, risk }: JsonObject) => [name, kind, risk]),
      ).toEqual([
        ['drop', 'gone', 'none'],
        ['look', 'changed', 'raised'],
        ['pay', 'new', 'none'],
      ]);

      const environment = process.env['CI'];
      try {
        // In a pipeline, the file stays as it is without `--check`, too.
        const pin = cli.read('shop/tools/shop.json');
        process.env['CI'] = '1';
        expect(await cli.run(['tools', 'refresh'], '', project)).toMatchObject({ code: 2, out: checked.out });
        expect(cli.read('shop/tools/shop.json')).toBe(pin);
        process.env['CI'] = '';
        expect(await cli.run(['tools', 'refresh'], '', project)).toMatchObject({ code: 0 });
        expect(cli.read('shop/tools/shop.json')).not.toBe(pin);
      } finally {
        if (environment === undefined) delete process.env['CI'];
        else process.env['CI'] = environment;
      }
      expect((await cli.run(['tools', 'refresh', '--check'], '', project)).code).toBe(0);
    } finally {
      await server.stop();
    }
  });

  it('say what they lack', async () => {
    const cases: [string[], string][] = [
      [['init', 'x', '--from-mcp', 'nowhere'], 'COMMAND_OPTION_INVALID'],
      [['init', 'x', '--from-mcp-command', '"open'], 'COMMAND_OPTION_INVALID'],
      [['init', 'x', '--from-mcp-command', 'x', '--class', 'read'], 'COMMAND_OPTION_INVALID'],
      [['init', 'x', '--from-mcp', 'https://a', '--from-openapi', 'b'], 'COMMAND_OPTIONS_EXCLUSIVE'],
      [['init', 'x', '--from-openapi', 'nowhere.yaml'], 'COMMAND_FILE_UNREADABLE'],
      [['tools', 'refresh'], 'TOOLS_PIN_MISSING'],
      [['tools', 'refresh', 'token'], 'TOOLS_PIN_INVALID'],
      [['tools', 'rewind'], 'COMMAND_USAGE'],
    ];
    for (const [args, code] of cases) expect((await cli.run(args)).err, args.join(' ')).toContain(code);
  });
});
