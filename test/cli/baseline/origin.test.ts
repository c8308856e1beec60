import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forbid, GovernanceBaseline, GovernedGateway, Identity, Invariant, PolicySource } from '../../../lib';
import { gatewayOfSources } from '../../../lib/cli/access-diff/source-tree';
import { type GatewayInput, gatewayInputs } from '../../../lib/cli/gateway-input';
import { policyPlace } from '../../../lib/contract/policy-place';
import { startEmulator } from '../../../lib/emulator';
import { notesProps, notesToolsWith } from '../../constructs/notes-gateway';
import { messagesOf } from '../../constructs/synth-findings';
import { call } from '../../emulator/fixture';
import { CommandLine } from '../command-line';

// A baseline of a package, with a policy in a file, and an app below it. Wherever a policy is shown, it is told from those of the app.

const ID = 'acme/nobody-destroys';
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'governed-gateway-origin-')));
const file = write(
  'node_modules/acme-baseline/destroy.cedar',
  '@id("nobody-destroys")\nforbid(principal, action in AgentCore::Action::"class:destructive", resource == ?resource);\n',
);
const PLACE = `baseline acme, ${relative(process.cwd(), file)}:2`;
const MAY = 'permit(principal is AgentCore::OAuthUser, action in AgentCore::Action::"notes", resource == ?resource)';
const cli = new CommandLine();
const SILENT = {
  out: () => undefined,
  err: () => undefined,
  readInput: () => Promise.resolve(''),
  interactive: false,
  onInterrupt: () => undefined,
};
let app: App;

function write(path: string, text: string): string {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
  return join(directory, path);
}

beforeAll(() => {
  write('old/policies/own.cedar', `@id("own")\n${MAY};\n`);
  const own = write('policies/own.cedar', `@id("own")\n${MAY}\nwhen { principal.hasTag("username") };\n`);
  write(
    'policies/own.test.yaml',
    `personas: { owner: { username: owner } }
tests: [{ as: owner, call: notes___delete_note, arguments: { title: a }, expect: ALLOW }]
`,
  );
  app = new App({ outdir: join(directory, 'cdk.out') });
  GovernanceBaseline.of(app).add({
    name: 'acme',
    policies: [PolicySource.fromFile(file)],
    invariants: [Invariant.of('nobody destroys', forbid({ classes: ['destructive'] }))],
  });
  const classes = { read_note: ['read'], delete_note: ['write', 'destructive'] };
  const destroys = MAY.replace('in AgentCore::Action::"notes"', '== AgentCore::Action::"notes___delete_note"');
  new GovernedGateway(new Stack(app, 'Notes'), 'Gateway', {
    ...notesProps(),
    identity: Identity.cognito({ testUsers: { owner: {} } }),
    policies: [
      PolicySource.fromFile(own),
      PolicySource.fromInline(`@id("destroys") ${destroys} when { principal.hasTag("username") };`),
    ],
    targets: { notes: notesToolsWith({ classes }) },
  });
  app.synth();
});
afterAll(() => {
  cli.remove();
  rmSync(directory, { recursive: true, force: true });
});

const CALL = ['--tool', 'notes___delete_note', '--claims', '{"sub":"o","username":"o"}', '--input', '{"title":"a"}'];
const COMMANDS: readonly (readonly [command: string, args: readonly string[], shown: readonly string[]])[] = [
  ['test', [join(directory, 'policies')], [`got       DENY by \`${ID}\``, `forbid \`${ID}\` applies`]],
  ['matrix', [join(directory, 'policies')], [`- \`${ID}\` (${PLACE}) forbids calls of \`notes___delete_note\``]],
  ['prove', [], ['proved     nobody destroys\n           for notes___delete_note (baseline acme:2)']],
  ['explain', [], [`${ID} (${PLACE})\n  Nobody may call any tool of class \`destructive\`.`]],
  ['explain', ['--format', 'json'], [`"id": "${ID}"`, '"baseline": "acme"']],
  ['authorize', CALL, [`determining policies: \`${ID}\``, `forbid \`${ID}\` applies`]],
  ['baseline', [], [`acme (added to the app)\n    policy     ${ID}\n    invariant  nobody destroys`]],
  ['baseline', ['--format', 'markdown'], [`| Notes/Gateway | acme | policy | ${ID} | kept |`]],
  ['report', ['--out', join(directory, 'report.html')], []],
];

describe('a policy of a baseline is told from those of the app', () => {
  it.each(COMMANDS)('by %s %j', async (command, args, shown) => {
    const { out } = await cli.run([command, ...args, '--app', app.outdir], '', process.cwd());
    for (const text of shown) expect(out).toContain(text);
  });

  it('in the report', () => {
    const page = readFileSync(join(directory, 'report.html'), 'utf8').replaceAll('<wbr>', '');
    for (const text of [ID, PLACE]) expect(page).toContain(text);
  });

  it('in findings of the synth about a policy that it covers', () => {
    expect(messagesOf(app, 'POLICY_CHANGES_NOTHING').join('\n')).toContain(`\`${ID}\``);
  });

  it('in a diff, whose base has no files of it and so takes it as it is', async () => {
    const terminal = { ...SILENT, cwd: process.cwd() };
    const [input] = await gatewayInputs(terminal, { app: app.outdir });
    const after = { ...(input as GatewayInput), sources: { directory, paths: ['policies/own.cedar'] } };
    const { before } = await gatewayOfSources(after, { base: 'old', directory: join(directory, 'old'), options: {} });
    const placed = before?.policies.map((policy) => `${policy.id} (${policyPlace(policy)})`);
    expect(placed).toEqual(['own (old:policies/own.cedar:2)', `${ID} (${PLACE})`, 'destroys (inline:1)']);
  });

  it('by the emulator, on the console and on the page', async () => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    const emulator = await startEmulator({ assembly: app.outdir, port: 0, explain: true, print });
    try {
      const { error } = await call(emulator, 'owner', 'notes___delete_note', { title: 'a' });
      expect(error.message).toContain('acme_nobody_destroys');
      const { policies } = (await (await fetch(`${emulator.url}/emulator/policies`)).json()) as { policies: object[] };
      expect(policies).toContainEqual(expect.objectContaining({ id: ID, place: PLACE }));
    } finally {
      await emulator.stop();
    }
    expect(lines.join('\n')).toContain(`DENY [${ID}]`);
    expect(lines.join('\n')).toContain(`forbid ${ID} (${PLACE}): `);
  });
});
