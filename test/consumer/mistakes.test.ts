import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from '../house/source-files';
import { ConsumerProject } from './consumer-project';
import { MISTAKES } from './mistakes';

// A newcomer with the packed package: every mistake is named on the console, with its cause, and none by a stack.

const TOOLS = (tools: string): string => `import { defineTool, toolHandler } from 'governed-gateway/tool';
import * as z from 'zod';
const tool = (name: string, input: z.ZodObject, handler: () => unknown) => defineTool({ name, description: name, input, handler });
${tools}
`;
const CHAIN = (body: string): string => `import * as kit from 'governed-gateway/interceptor';\n${body}\n`;
const PAY = `@id("pay") permit (principal is AgentCore::OAuthUser, action in [AgentCore::Action::"payments", AgentCore::Action::"records"], resource == ?resource)
when { principal.hasTag("cognito:groups") && principal.getTag("cognito:groups") like "*\\"treasurers\\"*" };`;
const FILES: { readonly [file: string]: string } = {
  'payments.ts': TOOLS(`export const handler = toolHandler(
  tool('create_transfer', z.object({ amount: z.number(), currency: z.enum(['EUR', 'USD']), note: z.string().optional() }), () => 1),
  tool('fail', z.object({}), () => { throw new Error('no such ledger'); }),
);`),
  'nothing.ts': TOOLS('export const handle = toolHandler();'),
  'listed.ts': TOOLS(`export const handler = toolHandler([tool('a', z.object({}), () => 1)] as never);`),
  'broken.ts': 'export const handler = (',
  'zod3.ts': TOOLS(
    `export const handler = toolHandler(tool('a', { shape: {}, parse: () => ({}) } as never, () => 1));`,
  ),
  'request.ts': CHAIN(`const limit: kit.Step = {
  name: 'limit', tools: ['payments___create_transfer'],
  request: (call) => (call.kind === 'tools/call' && Number(call.arguments['amount']) > 1000 ? kit.deny('limit', 'too much') : kit.proceed()),
};
export const handler = kit.requestInterceptor(limit, ...kit.configuredSteps());`),
  'bare.ts': CHAIN(`const limit: kit.Step = { name: 'limit', tools: ['create_transfer'], request: () => kit.proceed() };
export const handler = kit.requestInterceptor(limit, ...kit.configuredSteps());`),
  'records.json': JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Records', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: { '/records': { delete: { operationId: 'drop', responses: { '204': { description: 'Gone' } } } } },
  }),
  'policies/pay.cedar': PAY,
  'policies/pay.test.yaml':
    'personas:\n  tina: { username: tina, groups: [treasurers] }\ntests:\n  - { as: tina, call: payments___create_transfer, arguments: { amount: 5, currency: EUR }, expect: ALLOW }\n',
};

let project: ConsumerProject;
/** Of calls, also what the page shows. */
type Shown = string | { readonly console: string; readonly page: string };

let shown: Shown[] = [];

beforeAll(() => {
  project = new ConsumerProject();
  project.link('@aws-sdk/client-secrets-manager');
  for (const [path, text] of Object.entries(FILES)) project.write(path, text);
  project.write('mistakes.json', JSON.stringify(MISTAKES));
  project.write('run.cjs', read('test/consumer/mistakes-run.cjs'));
  spawnSync(process.execPath, ['run.cjs'], {
    cwd: project.directory,
    env: project.environment,
  });
  shown = JSON.parse(project.read('shown.json')) as Shown[];
});
afterAll(() => project.remove());

it('are at least sixty', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(60);
});

describe('a mistake is named, without a stack', () => {
  it.each(MISTAKES.map((mistake, index) => ({ ...mistake, index })))('$in: $write', ({ index, says }) => {
    const places = shown[index] ?? '';
    const [text, page] = typeof places === 'string' ? [places, undefined] : [places.console, places.page];
    const printed = stripVTControlCharacters(text);
    for (const part of says) expect(printed).toContain(part);
    expect(printed).not.toMatch(/^ +at \S/m);
    // Options of the command are told where the command runs.
    if (page !== undefined)
      for (const part of says.filter((part) => !part.startsWith('--'))) expect(page).toContain(part);
  });
});

describe('a finding that is thrown while an app is built', () => {
  it.each(['npx tsx app.ts', 'cdk synth'])(
    'is printed once, without a stack, by %s',
    { timeout: 120_000 },
    (program) => {
      project.write(
        'app.ts',
        `import { App, Stack } from 'aws-cdk-lib';
import { EnforcementMode, GovernedGateway, Tools } from 'governed-gateway';
new GovernedGateway(new Stack(new App(), 'Bank'), 'Gateway', {
  mode: EnforcementMode.LOG_ONLY,
  targets: { payments: Tools.fromTypeScript('payment.ts') },
});
`,
      );
      project.write('cdk.json', '{ "app": "node --import tsx app.ts" }');
      const args = program === 'cdk synth' ? ['node_modules/aws-cdk/bin/cdk', 'synth'] : ['--import', 'tsx', 'app.ts'];
      const { status, stderr, stdout } = spawnSync(process.execPath, args, {
        cwd: project.directory,
        encoding: 'utf8',
        env: { ...project.environment, CI: 'true' },
      });
      const text = stdout + stderr;
      expect(status).toBe(1);
      expect(text.match(/BUNDLE_ENTRY_NOT_FOUND/g)).toHaveLength(1);
      expect(text).toContain('did you mean `payments.ts`?');
      expect(text).not.toMatch(/^ +at \S/m);
      expect(text).not.toContain('throw ');
      expect(text).not.toContain('diagnostics:');
    },
  );
});
