import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../lib/cli/run';

/** A command that may still run, and what it wrote until now. */
export interface RunningCommand {
  readonly written: { readonly out: string; readonly err: string };
  readonly code: Promise<number>;
  readonly interrupt: () => void;
}

/** A directory with files, in which the command line runs in this process. */
export class CommandLine {
  readonly cwd = mkdtempSync(join(tmpdir(), 'governed-gateway-cli-'));

  constructor(files: { readonly [path: string]: string } = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.cwd, path)), { recursive: true });
    writeFileSync(join(this.cwd, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.cwd, path), 'utf8');
  }

  delete(path: string): void {
    rmSync(join(this.cwd, path));
  }

  /** Runs `governed-gateway` with arguments and gives its exit code and what it wrote. */
  async run(args: readonly string[], input = '', cwd = this.cwd): Promise<{ code: number; out: string; err: string }> {
    const { code: ended, written } = this.start(args, input, cwd);
    const code = await ended;
    return { code, ...written };
  }

  /** As {@link run}, for a command that runs until it is interrupted. */
  start(args: readonly string[], input = '', cwd = this.cwd): RunningCommand {
    const written = { out: '', err: '' };
    let interrupt = (): void => undefined;
    const code = run(args, {
      out: (text) => {
        written.out += text;
      },
      err: (text) => {
        written.err += text;
      },
      readInput: () => Promise.resolve(input),
      cwd,
      interactive: false,
      onInterrupt: (listener) => {
        interrupt = listener;
      },
    });
    return { written, code, interrupt: () => interrupt() };
  }

  remove(): void {
    rmSync(this.cwd, { recursive: true, force: true });
  }
}

/** Policies, tools and tests of a small application. */
export const UNDERWRITING = {
  'policies/create.cedar': `@id("create-below-5m")
permit (
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"Underwriting___create_application",
  resource == ?resource
)
when { context.input.coverage_amount.lessThan(decimal("5000000.0")) };
`,
  'policies/risk.cedar': `permit (
  principal is AgentCore::OAuthUser,
  action == AgentCore::Action::"Underwriting___invoke_risk_model",
  resource == ?resource
)
when { principal.hasTag("department") && principal.getTag("department") == "finance" };
`,
  'policies/underwriting.test.yaml': `personas:
  ann: { username: ann, claims: { department: finance } }
  bob: { username: bob, claims: { department: sales } }
  eve: { username: eve }
tests:
  - { as: ann, call: Underwriting___create_application, arguments: { coverage_amount: 4999999.9999 }, expect: ALLOW }
  - { as: ann, call: Underwriting___create_application, arguments: { coverage_amount: 5000000 }, expect: DENY }
  - { as: ann, call: Underwriting___invoke_risk_model, arguments: { id: a }, expect: ALLOW }
  - { as: [bob, eve], call: Underwriting___invoke_risk_model, arguments: { id: a }, expect: DENY }
  - { as: ann, call: Underwriting___approve_application, arguments: { id: a }, expect: DENY }
  - { as: ann, list: [Underwriting___create_application, Underwriting___invoke_risk_model] }
`,
  'tools.json': JSON.stringify({
    tools: [
      tool('create_application', { coverage_amount: 'number', region: 'string' }, ['coverage_amount']),
      tool('invoke_risk_model', { id: 'string' }, ['id']),
      tool('approve_application', { id: 'string' }, ['id']),
    ],
  }),
};

function tool(name: string, types: { readonly [argument: string]: string }, required: readonly string[]): object {
  const properties = Object.fromEntries(Object.entries(types).map(([argument, type]) => [argument, { type }]));
  return { name: `Underwriting___${name}`, description: name, inputSchema: { type: 'object', properties, required } };
}

/** Options that name the files above. */
export const INPUT = ['--policies', 'policies', '--tools', 'tools.json'];
