import { afterAll, describe, expect, it } from 'vitest';
import { CommandLine, INPUT, UNDERWRITING } from './command-line';

const app = new CommandLine(UNDERWRITING);
afterAll(() => app.remove());

const WRONG = {
  ...UNDERWRITING,
  'policies/risk.cedar': UNDERWRITING['policies/risk.cedar'].replace('invoke_risk_model', 'invoke_risk_modl'),
};

describe('governed-gateway validate', () => {
  it('answers on stdout, and warns on stderr', async () => {
    const { code, out, err } = await app.run(['validate', ...INPUT]);
    expect(code).toBe(0);
    expect(out).toMatch(/^policies: 2 policies, 3 tools: /);
    expect(err).not.toContain('error[');
  });

  it('shows every finding with file, line and help, and ends with 3', async () => {
    const wrong = new CommandLine({ ...WRONG, 'policies/more.cedar': 'permit (principal, action, resource);' });
    const { code, out, err } = await wrong.run(['validate', ...INPUT]);
    expect(code).toBe(3);
    expect(err).toMatch(/--> policies\/risk\.cedar:3:\d+/);
    expect(err).toMatch(/--> policies\/more\.cedar:1:\d+/);
    expect(err).toContain('Underwriting___invoke_risk_model');
    expect(out).toMatch(/^policies: 3 policies, 3 tools: [1-9]\d* errors?, \d+ warnings?\n$/);
    wrong.remove();
  });

  it('takes policies for callers of any type where nobody says what callers are', async () => {
    const iam = `permit (principal is AgentCore::IamEntity, action == AgentCore::Action::"Underwriting___invoke_risk_model", resource == ?resource)
when { principal.id == "arn:aws:sts::111122223333:assumed-role/risk" };`;
    const any = new CommandLine({ ...UNDERWRITING, 'policies/iam.cedar': iam });
    expect((await any.run(['validate', ...INPUT])).err).not.toContain('POLICY_NEVER_MATCHES');
    any.write('identity.json', '{"claims":[]}');
    const known = await any.run(['validate', ...INPUT, '--identity', 'identity.json']);
    expect(known.err).toContain('POLICY_NEVER_MATCHES');
    any.remove();
  });

  it('renders the same findings as JSON, SARIF and GitHub commands', async () => {
    const wrong = new CommandLine(WRONG);
    const [json, sarif, github] = await Promise.all(
      ['json', 'sarif', 'github'].map((format) => wrong.run(['validate', ...INPUT, '--format', format])),
    );
    for (const result of [json, sarif, github])
      expect({ code: result?.code, err: result?.err }).toEqual({ code: 3, err: '' });
    const findings = JSON.parse(json?.out ?? '').gateways[0].diagnostics as {
      code: string;
      location?: { line: number };
    }[];
    const results = JSON.parse(sarif?.out ?? '').runs[0].results as { ruleId: string }[];
    const commands = (github?.out ?? '').trim().split('\n');
    expect(findings.length).toBeGreaterThan(0);
    expect(results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ code }) => code));
    expect(commands.map((line) => /title=(\w+)/.exec(line)?.[1])).toEqual(findings.map(({ code }) => code));
    wrong.remove();
  });

  it('shows policies that do not parse in the format that was asked for', async () => {
    const wrong = new CommandLine({ ...UNDERWRITING, 'policies/risk.cedar': 'permit (' });
    const { code, out } = await wrong.run(['validate', ...INPUT, '--format', 'json']);
    expect(code).toBe(3);
    expect(JSON.parse(out).diagnostics[0]).toMatchObject({ location: { file: 'policies/risk.cedar', line: 1 } });
    wrong.remove();
  });

  it('knows the claims of an identity file', async () => {
    app.write('identity.json', JSON.stringify({ claims: ['sub', 'departement'] }));
    app.write('manifest.json', JSON.stringify({ identity: { claims: [{ name: 'department' }] } }));
    const unknown = await app.run(['validate', ...INPUT, '--identity', 'identity.json', '--format', 'json']);
    const known = await app.run(['validate', ...INPUT, '--identity', 'manifest.json', '--format', 'json']);
    const aboutClaim = (out: string): string[] =>
      (JSON.parse(out).gateways[0].diagnostics as { message: string }[])
        .map(({ message }) => message)
        .filter((m) => m.includes('`department`'));
    expect(aboutClaim(unknown.out).length).toBeGreaterThan(0);
    expect(aboutClaim(known.out)).toEqual([]);
  });

  it.each([
    ['claims that are no list', '{"claims": 3}', 'COMMAND_IDENTITY_INVALID'],
    ['no JSON', 'claims:', 'COMMAND_JSON_INVALID'],
  ])('refuses an identity file with %s', async (_, text, finding) => {
    app.write('wrong.json', text);
    const { code, err } = await app.run(['validate', ...INPUT, '--identity', 'wrong.json']);
    expect(code).toBe(3);
    expect(err).toContain(finding);
  });
});

describe('a tool list', () => {
  const validate = async (text: string) => {
    app.write('list.json', text);
    return app.run(['validate', '--policies', 'policies', '--tools', 'list.json', '--format', 'json']);
  };
  const TOOLS = JSON.parse(UNDERWRITING['tools.json']) as { tools: unknown[] };

  it.each([
    ['the result', TOOLS],
    ['a JSON-RPC response', { jsonrpc: '2.0', id: 1, result: TOOLS }],
    ['a bare array', TOOLS.tools],
    ['one with the search tool', { tools: [...TOOLS.tools, { name: 'x_amz_bedrock_agentcore_search' }] }],
  ])('may be %s', async (_, list) => {
    const { code, out } = await validate(JSON.stringify(list));
    expect(code).toBe(0);
    expect(JSON.parse(out).gateways[0].tools).toBe(3);
  });

  it('says where each of its faults stands', async () => {
    const { code, out } = await validate(
      '{\n  "tools": [\n    {"name": "plain"},\n    {"title": "x"},\n    7,\n    {"name": "A___b", "inputSchema": []}\n  ]\n}',
    );
    expect(code).toBe(3);
    const found = JSON.parse(out).diagnostics as {
      code: string;
      message: string;
      location: { line: number; column: number };
    }[];
    expect(found.map(({ code: name, location }) => `${name} ${location.line}:${location.column}`)).toEqual([
      'COMMAND_TOOL_WITHOUT_TARGET 3:14',
      'COMMAND_TOOLS_INVALID 4:5',
      'COMMAND_TOOLS_INVALID 5:5',
      'COMMAND_TOOLS_INVALID 6:38',
    ]);
  });

  it.each([
    '{"toolConfig": {"tools": [{"toolSpec": {"name": "pay", "inputSchema": {"json": {"type": "object"}}}}]}}',
    '[{"name": "pay", "input_schema": {"type": "object"}}]',
    '[{"type": "function", "function": {"name": "pay", "parameters": {}}}]',
    '[{"type": "function", "name": "pay", "parameters": {}}]',
  ])('is not the tool list of a model API, and says so: %s', async (text) => {
    const { code, out } = await validate(text);
    expect(code).toBe(3);
    const [finding] = JSON.parse(out).diagnostics as { code: string; help: string }[];
    expect(finding?.code).toBe('COMMAND_TOOLS_FOREIGN');
    expect(finding?.help).toContain('`inputSchema`');
  });

  it.each(['{}', 'null', '{"tools": 3}', '"x"'])('is not %s', async (text) => {
    expect((await validate(text)).out).toContain('COMMAND_TOOLS_INVALID');
  });
});
