import { isJsonObject, type JsonObject } from '../../contract/json';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { DEFAULT_PORT } from '../../emulator';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { readJsonObject } from '../read-value';

interface TokenOptions {
  readonly as?: string;
  readonly claims?: string;
  readonly url: string;
}

/** Prints an access token that the running emulator takes. */
export const command: CliCommand<TokenOptions> = {
  configure(parser) {
    parser
      .option('--as <name>', 'user or machine client of the app')
      .option('--claims <json>', 'claims of the token in place of a user, as JSON, @file, or - for standard input')
      .option('--url <url>', 'address of the emulator', `http://127.0.0.1:${DEFAULT_PORT}`);
  },

  async run({ options, terminal }) {
    const { as, claims } = options;
    if (as === undefined && claims === undefined) {
      throw GovernanceError.of('COMMAND_OPTION_MISSING', { command: 'token', option: '--as', or: '--claims' });
    }
    const input: JsonObject =
      claims === undefined ? { persona: as ?? '' } : { claims: await readJsonObject(terminal, '--claims', claims) };
    const answer = await ask(options.url, input);
    if (Array.isArray(answer['diagnostics'])) {
      throw new GovernanceError(answer['diagnostics'] as unknown as Diagnostic[]);
    }
    if (typeof answer['token'] !== 'string') throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url: options.url });
    terminal.out(`${answer['token']}\n`);
    return EXIT.ok;
  },
};

async function ask(url: string, input: JsonObject): Promise<JsonObject> {
  try {
    const response = await fetch(new URL('/emulator/token', url), { method: 'POST', body: JSON.stringify(input) });
    const answer: unknown = await response.json();
    return isJsonObject(answer) ? answer : {};
  } catch {
    throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url });
  }
}
