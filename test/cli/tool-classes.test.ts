import { afterAll, expect, it } from 'vitest';
import { CommandLine } from './command-line';

const tool = (name: string, more: object = {}) => ({ name, description: '', inputSchema: { type: 'object' }, ...more });
const app = new CommandLine({
  'policies/readers.cedar': `permit (
  principal is AgentCore::OAuthUser,
  action in AgentCore::Action::"class:read",
  resource == ?resource
) when { principal.hasTag("team") };`,
  'tools.json': JSON.stringify({
    tools: [
      tool('notes___find', { annotations: { readOnlyHint: true, openWorldHint: false } }),
      tool('notes___get', { classes: ['read', 'pii'] }),
      tool('notes___drop', { annotations: { readOnlyHint: true }, classes: ['destructive'] }),
      tool('notes___untold'),
    ],
  }),
});
afterAll(() => app.remove());

const matrix = ['matrix', '--policies', 'policies', '--tools', 'tools.json'];

it('are read from a file of tools, from what it says and from annotations', async () => {
  app.write(
    'policies/a.test.yaml',
    'personas: { ann: { claims: { team: a } } }\ntests: [{ as: ann, list: { includes: [] } }]',
  );
  const { out } = await app.run(matrix);
  expect(out.split('\n').filter((line) => line.includes('___'))).toEqual([
    expect.stringMatching(/^\| `notes___find` \| read \| yes/),
    expect.stringMatching(/^\| `notes___get` \| read, pii \| yes/),
    expect.stringMatching(/^\| `notes___drop` \| write, destructive \| - /),
    expect.stringMatching(/^\| `notes___untold` \|\s+\| - /),
  ]);
});

it('are refused where they are none, with their place in the file', async () => {
  app.write('wrong.json', JSON.stringify([tool('notes___get', { classes: ['PII'] })], undefined, 2));
  const { code, err } = await app.run([...matrix.slice(0, 4), 'wrong.json']);
  expect(code).toBe(3);
  expect(err).toContain('the classes of `notes___get` are no list of names such as `read`');
  expect(err).toContain('wrong.json:8');
});
