import { isJsonObject, type JsonObject } from '../../contract/json';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { readJsonObject } from '../read-value';
import { askEmulator, EMULATOR_URL } from '../running-emulator';

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
      .option('--url <url>', 'address of the emulator', EMULATOR_URL);
  },

  async run({ options, terminal }) {
    const { as, claims } = options;
    if (as === undefined && claims === undefined) {
      throw GovernanceError.of('COMMAND_OPTION_MISSING', { command: 'token', option: '--as', or: '--claims' });
    }
    const input: JsonObject =
      claims === undefined ? { persona: as ?? '' } : { claims: await readJsonObject(terminal, '--claims', claims) };
    const answer = await askEmulator(options.url, '/emulator/token', input);
    if (!isJsonObject(answer) || typeof answer['token'] !== 'string') {
      throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url: options.url });
    }
    terminal.out(`${answer['token']}\n`);
    return EXIT.ok;
  },
};
