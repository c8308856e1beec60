import { afterAll, describe, expect, it } from 'vitest';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

const CREATE = 'Underwriting___create_application';
const RISK = 'Underwriting___invoke_risk_model';

describe('governed-gateway schema', () => {
  it('prints the Cedar schema', async () => {
    const { code, out, err } = await app.run(['schema', ...INPUT]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`action "${CREATE}" in [Action::"Underwriting"]`);
  });

  it('prints its JSON form', async () => {
    const { out } = await app.run(['schema', ...INPUT, '--format', 'json']);
    expect(JSON.parse(out).AgentCore.actions).toHaveProperty(RISK);
  });

  it('leaves out a tool that has no Cedar type, and says so', async () => {
    app.write(
      'broken.json',
      JSON.stringify({ tools: [{ name: 'A___b', inputSchema: { type: 'object', properties: 3 } }] }),
    );
    const { code, err } = await app.run(['schema', '--policies', 'policies', '--tools', 'broken.json']);
    expect(code).toBe(0);
    expect(err).toContain('warning[SCHEMA_TOOL_INVALID]');
    expect(err).toContain('`A___b`');
  });
});

describe('governed-gateway authorize', () => {
  const authorize = (...args: string[]) => app.run(['authorize', ...INPUT, ...args]);

  it('allows with 0', async () => {
    expect(await authorize('--claims', '{"department":"finance"}', '--tool', RISK, '--input', '{"id":"a"}')).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^ALLOW\nreason: Policy evaluation allowed due to risk\w*\ndetermining policies: `risk`\n`risk` says: Callers with a token may call .*\.\n$/,
      ),
      err: '',
    });
  });

  it('denies with 2 and says which condition of which candidate failed', async () => {
    const { code, out } = await authorize(
      '--claims',
      '{"department":"sales"}',
      '--tool',
      RISK,
      '--input',
      '{"id":"a"}',
    );
    expect(code).toBe(2);
    expect(out).toBe(
      `DENY
reason: No policy applies to the request (denied by default).
determining policies: none
permit \`risk\` at policies/risk.cedar:6:42: \`principal.getTag("department") == "finance"\` does not hold
`,
    );
  });

  it('names the invariants that rest on the policies which decided', async () => {
    const sentence = 'nobody outside finance runs the risk model';
    const described = UNDERWRITING['policies/risk.cedar'].replace('permit', 'forbid').replace('when', 'unless');
    app.write(
      'policies/a.invariant.cedar',
      `@invariant("${sentence}") ${described.replace('resource == ?resource', 'resource')}`,
    );
    const args = ['--claims', '{"department":"finance"}', '--tool', RISK, '--input', '{"id":"a"}'];
    expect((await authorize(...args)).out).toContain(`on \`risk\` rests: ${sentence}\n`);
    const { candidates } = JSON.parse((await authorize(...args, '--format', 'json')).out);
    expect(candidates).toMatchObject([{ invariants: [sentence] }]);
    app.delete('policies/a.invariant.cedar');
  });

  it('calls arguments that do not fit an ERROR', async () => {
    const { code, out } = await authorize('--claims', '{}', '--tool', CREATE, '--input', '{"coverage_amount":"many"}');
    expect(code).toBe(2);
    expect(out).toContain('ERROR\n');
    expect(out).toContain('argument `coverage_amount` is not a number');
  });

  it('lets everything through in LOG_ONLY and still says what the policies say', async () => {
    const { code, out } = await authorize(
      '--claims',
      '{}',
      '--tool',
      RISK,
      '--input',
      '{"id":"a"}',
      '--mode',
      'LOG_ONLY',
    );
    expect(code).toBe(0);
    expect(out).toContain('DENY (the call goes through, because the engine is in LOG_ONLY)');
  });

  it('prints one JSON object', async () => {
    const args = [
      '--claims',
      '{}',
      '--tool',
      RISK,
      '--input',
      '{"id":"a"}',
      '--format',
      'json',
      '--now',
      '2026-01-01T00:00:00Z',
    ];
    const { code, out, err } = await authorize(...args);
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      mode: 'ENFORCE',
      outcome: 'DENY',
      allowed: false,
      determining: [],
      candidates: [
        {
          policy: 'risk',
          effect: 'permit',
          outcome: 'condition',
          failed: [
            {
              text: 'principal.hasTag("department")',
              value: 'false',
              location: { file: 'policies/risk.cedar', line: 6 },
            },
          ],
        },
      ],
    });
    expect(out).not.toContain('"source"');
  });

  it('reads values from files and standard input', async () => {
    app.write('claims.json', '\ufeff{"department":"finance"}');
    const { code } = await app.run(
      ['authorize', ...INPUT, '--claims', '@claims.json', '--tool', RISK, '--input', '-'],
      '{"id":"a"}',
    );
    expect(code).toBe(0);
  });

  it('decides for an IAM caller', async () => {
    const { code, out } = await authorize(
      '--iam',
      'arn:aws:sts::111122223333:assumed-role/R/s',
      '--tool',
      RISK,
      '--input',
      '{"id":"a"}',
    );
    expect(code).toBe(2);
    expect(out).toContain('permit `risk` is for another principal');
  });

  it.each([
    ['no caller', ['--tool', RISK], 1, 'COMMAND_OPTION_MISSING'],
    ['no tool', ['--claims', '{}'], 1, 'COMMAND_OPTION_MISSING'],
    ['two callers', ['--tool', RISK, '--claims', '{}', '--iam', 'x'], 1, 'COMMAND_OPTIONS_EXCLUSIVE'],
    [
      'a misspelt tool',
      ['--tool', 'Underwriting___invoke_risk_modell', '--claims', '{}'],
      3,
      'did you mean `Underwriting___invoke_risk_model`?',
    ],
    ['claims that are no JSON', ['--tool', RISK, '--claims', '{department: finance}'], 3, 'COMMAND_JSON_INVALID'],
    ['claims that are no object', ['--tool', RISK, '--claims', '[1]'], 3, 'COMMAND_JSON_NO_OBJECT'],
    ['a rounded claim', ['--tool', RISK, '--claims', '{"n":[9007199254740993]}'], 3, 'COMMAND_NUMBER_ROUNDED'],
    ['a rounded argument', ['--tool', RISK, '--claims', '{}', '--input', '{"n":1e21}'], 3, 'COMMAND_NUMBER_ROUNDED'],
    ['a sub that is no text', ['--tool', RISK, '--claims', '{"sub":1}'], 3, 'COMMAND_OPTION_INVALID'],
    [
      'a file that is not there',
      ['--tool', RISK, '--claims', '@nowhere.json'],
      1,
      '`nowhere.json` cannot be read: it does not exist',
    ],
    ['a folder', ['--tool', RISK, '--claims', '@policies'], 1, '`policies` cannot be read: it is a directory'],
    ['a wrong time', ['--tool', RISK, '--claims', '{}', '--now', 'yesterday'], 3, 'COMMAND_OPTION_INVALID'],
    ['a wrong mode', ['--tool', RISK, '--claims', '{}', '--mode', 'OFF'], 3, 'give it one of ENFORCE, LOG_ONLY'],
  ])('with %s', async (_, args, code, text) => {
    const result = await authorize(...args);
    expect(result.code).toBe(code);
    expect(result.err).toContain(text);
    expect(result.out).toBe('');
  });
});

describe('governed-gateway explain', () => {
  const explain = (...args: string[]) => app.run(['explain', ...args, ...INPUT]);
  const RISK_SENTENCE =
    'Callers with a token may call `Underwriting___invoke_risk_model` if their claim `department` is "finance".';

  it('says every policy as a sentence', async () => {
    const { code, out } = await explain();
    expect(code).toBe(0);
    expect(out).toBe(`policies

create-below-5m (policies/create.cedar:2)
  Callers with a token may call \`Underwriting___create_application\` if the argument \`coverage_amount\` is less than 5000000.0.
  without it nobody calls \`Underwriting___create_application\`

risk (policies/risk.cedar:1)
  ${RISK_SENTENCE}
  without it nobody calls \`Underwriting___invoke_risk_model\`
`);
  });

  it('says one of them, also as Markdown, in which lists are lists and nothing but names is code', async () => {
    app.write(
      'policies/risk.cedar',
      UNDERWRITING['policies/risk.cedar'].replace(
        '== "finance"',
        '== "*finance*" && context.input.id != "<b>" && context.input.id != "-"',
      ),
    );
    const { out } = await explain('risk', '--format', 'markdown');
    app.write('policies/risk.cedar', UNDERWRITING['policies/risk.cedar']);
    expect(out).toBe(`## Policies of \`policies\`

### \`risk\`

Callers with a token may call \`Underwriting___invoke_risk_model\`
if all of these hold:

- their claim \`department\` is "\\*finance\\*"
- the argument \`id\` is not "\\<b\\>"
- the argument \`id\` is not "\\-"

- without it nobody calls \`Underwriting___invoke_risk_model\`
`);
  });

  it('names the invariants that rest on each', async () => {
    const sentence = 'nobody outside finance runs the risk model';
    const described = UNDERWRITING['policies/risk.cedar'].replace('permit', 'forbid').replace('when', 'unless');
    const invariant = described.replace('resource == ?resource', 'resource');
    app.write('policies/a.invariant.cedar', `@invariant("${sentence}") ${invariant}`);
    expect((await explain()).out).toContain(
      `\n  without it nobody calls \`Underwriting___invoke_risk_model\`\n  on it rests: ${sentence}\n`,
    );
    expect((await explain('risk', '--format', 'markdown')).out).toContain(`\n- on it rests: ${sentence}\n`);
    const [gateway] = JSON.parse((await explain('--format', 'json')).out).gateways;
    expect(gateway.policies).toMatchObject([{ invariants: [] }, { invariants: [sentence] }]);
    app.delete('policies/a.invariant.cedar');
  });

  it('says them as JSON', async () => {
    const [gateway] = JSON.parse((await explain('risk', '--format', 'json')).out).gateways;
    expect(gateway).toEqual({
      gateway: 'policies',
      policies: [
        {
          id: 'risk',
          effect: 'permit',
          enforcement: 'ACTIVE',
          addedByLibrary: false,
          file: 'policies/risk.cedar',
          line: 1,
          sentence: RISK_SENTENCE,
          lines: [{ depth: 0, text: RISK_SENTENCE }],
          withoutIt: { closed: ['Underwriting___invoke_risk_model'], lost: [], gained: [], undecided: [] },
          invariants: [],
        },
      ],
    });
  });

  it('knows no other name, and says which one may be meant', async () => {
    const { code, err } = await explain('risc');
    expect(code).toBe(3);
    expect(err).toContain('COMMAND_POLICY_UNKNOWN');
    expect(err).toContain('did you mean `risk`?');
  });
});

describe('governed-gateway matrix', () => {
  it('prints Markdown', async () => {
    const { code, out } = await app.run(['matrix', ...INPUT]);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 5)).toEqual([
      '| tool | ann | bob | eve |',
      '| --- | --- | --- | --- |',
      `| \`${CREATE}\` | depends (2) | depends (0) | depends (0) |`,
      `| \`${RISK}\` | yes (1) | - (1) | - (1) |`,
      '| `Underwriting___approve_application` | - (1) | - (0) | - (0) |',
    ]);
  });

  it('prints JSON from the same data', async () => {
    const { out } = await app.run(['matrix', ...INPUT, '--format', 'json']);
    expect(JSON.parse(out).gateways[0].tools[1]).toEqual({
      tool: RISK,
      classes: [],
      cells: [
        { persona: 'ann', access: 'always', tests: { ALLOW: 1, DENY: 0, ERROR: 0 } },
        { persona: 'bob', access: 'never', tests: { ALLOW: 0, DENY: 1, ERROR: 0 } },
        { persona: 'eve', access: 'never', tests: { ALLOW: 0, DENY: 1, ERROR: 0 } },
      ],
    });
  });
});
