import { Option } from 'commander';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { oneOption } from '../one-option';
import { readJsonObject } from '../read-value';
import { EMULATOR_URL, emulatorToken } from '../running-emulator';

interface TokenOptions {
  readonly as?: string;
  readonly claims?: string;
  readonly url: string;
  readonly format: 'text' | 'headers';
}

/** Prints an access token that the running emulator takes. */
export const command: CliCommand<TokenOptions> = {
  configure(parser) {
    parser
      .option('--as <name>', 'user or machine client of the app')
      .option('--claims <json>', 'claims of the token in place of a user, as JSON, @file, or - for standard input')
      .option('--url <url>', 'address of the emulator', EMULATOR_URL)
      .addOption(
        new Option('--format <format>', 'the token alone, or the headers of a request as JSON')
          .choices(['text', 'headers'])
          .default('text'),
      );
  },

  async run({ options, terminal }) {
    const { as, claims } = options;
    const { name, value } = oneOption('token', { as, claims });
    const who = name === 'as' ? { persona: value } : { claims: await readJsonObject(terminal, '--claims', value) };
    const token = await emulatorToken(options.url, who);
    const headers = { Authorization: `Bearer ${token}` };
    terminal.out(`${options.format === 'headers' ? JSON.stringify(headers) : token}\n`);
    return EXIT.ok;
  },
};
