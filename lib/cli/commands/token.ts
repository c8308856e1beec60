import { GovernanceError } from '../../diagnostics/governance-error';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { readJsonObject } from '../read-value';
import { EMULATOR_URL, emulatorToken } from '../running-emulator';

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
    const who =
      claims === undefined ? { persona: as ?? '' } : { claims: await readJsonObject(terminal, '--claims', claims) };
    terminal.out(`${await emulatorToken(options.url, who)}\n`);
    return EXIT.ok;
  },
};
