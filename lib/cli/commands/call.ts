import { Option } from 'commander';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { CallRecord } from '../../emulator/call-record';
import { judgeAnswer } from '../../verify/judge-answer';
import { McpCaller, type RawAnswer } from '../../verify/mcp-caller';
import { callStory } from '../call-story';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { oneOption } from '../one-option';
import { printJson } from '../print-diagnostics';
import { readJsonObject, readText } from '../read-value';
import { askEmulator, EMULATOR_URL } from '../running-emulator';
import type { Terminal } from '../terminal';

interface CallOptions {
  readonly as?: string;
  readonly claims?: string;
  readonly token?: string;
  readonly tool: string;
  readonly input: string;
  readonly url: string;
  readonly format: 'text' | 'json';
}

/** Calls a tool as an agent would, on the running emulator or on a deployed gateway. */
export const command: CliCommand<CallOptions> = {
  configure(parser) {
    parser
      .option('--as <name>', 'user or machine client of the app, on the emulator')
      .option('--claims <json>', 'claims of the token in place of a user, as JSON, @file, or - for standard input')
      .option('--token <file>', 'file with an access token, for the MCP endpoint of `--url`')
      .requiredOption('--tool <name>', 'full name of the tool, target___tool')
      .option('--input <json>', 'arguments as JSON, @file, or - for standard input', '{}')
      .option('--url <url>', 'address of the emulator, or with `--token` an MCP endpoint', EMULATOR_URL)
      .addOption(new Option('--format <format>', 'how the answer is shown').choices(['text', 'json']).default('text'));
  },

  async run({ options, terminal }) {
    const { as, claims, token } = options;
    oneOption('call', { as, token, claims });
    const input = await readJsonObject(terminal, '--input', options.input);
    return token === undefined ? onEmulator(terminal, options, input) : onEndpoint(terminal, options, input, token);
  },
};

async function onEmulator(terminal: Terminal, options: CallOptions, input: JsonObject): Promise<0 | 2> {
  const { as = '', claims, tool, url } = options;
  const caller: JsonObject =
    claims === undefined ? { persona: as } : { claims: await readJsonObject(terminal, '--claims', claims) };
  const answer = await askEmulator(url, '/emulator/call', { ...caller, tool, arguments: input });
  if (!isJsonObject(answer) || !isJsonObject(answer['record']))
    throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url });
  const record = answer['record'] as unknown as CallRecord;
  if (options.format === 'json') printJson(terminal, answer);
  else {
    terminal.out(`${shown(answer['answer'] ?? null)}\n`);
    terminal.err(callStory(record));
  }
  return record.refusedBy === undefined && record.error === undefined ? EXIT.ok : EXIT.negative;
}

async function onEndpoint(
  terminal: Terminal,
  { tool, url, format }: CallOptions,
  input: JsonObject,
  file: string,
): Promise<0 | 2> {
  const token = (await readText(terminal, file)).trim();
  const answer = await answered(url, token, tool, input);
  const verdict = judgeAnswer(answer, (name) => name);
  if (format === 'json') printJson(terminal, { answer, verdict });
  else terminal.out(`${answer.kind === 'result' ? shown({ result: answer.result }) : verdictText(verdict)}\n`);
  return verdict.kind === 'allowed' ? EXIT.ok : EXIT.negative;
}

async function answered(url: string, token: string, tool: string, input: JsonObject): Promise<RawAnswer> {
  const caller = await McpCaller.connect(url, token).catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw GovernanceError.of('CALL_NOT_CONNECTED', { url, problem });
  });
  try {
    return await caller.callTool(tool, input);
  } finally {
    await caller.close();
  }
}

function verdictText(verdict: ReturnType<typeof judgeAnswer>): string {
  if (verdict.kind === 'denied') return `denied by ${verdict.by}: ${verdict.reason}`;
  if (verdict.kind === 'error') return `error: ${verdict.reason}`;
  return verdict.kind === 'failed' ? `failed: ${verdict.message}` : verdict.kind;
}

/** The words of an answer, as a model gets them: text as it is, an error with its message. */
function shown(answer: JsonValue): string {
  const error = isJsonObject(answer) ? answer['error'] : undefined;
  if (isJsonObject(error) && typeof error['message'] === 'string') {
    return `error ${JSON.stringify(error['code'] ?? null)}: ${error['message']}`;
  }
  const result = isJsonObject(answer) ? answer['result'] : undefined;
  const content = isJsonObject(result) && Array.isArray(result['content']) ? result['content'] : [];
  const texts = content.flatMap((block) =>
    isJsonObject(block) && typeof block['text'] === 'string' ? [block['text']] : [],
  );
  return texts.length > 0 ? texts.join('\n') : JSON.stringify(answer, undefined, 2);
}
