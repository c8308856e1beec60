import { isJsonObject } from '../../contract/json';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { CallRecord } from '../../emulator/call-record';
import { callStory } from '../call-story';
import type { CliCommand } from '../command';
import { EXIT } from '../exit-code';
import { printJson } from '../print-diagnostics';
import { readText } from '../read-value';
import { askEmulator, EMULATOR_URL } from '../running-emulator';
import type { Terminal } from '../terminal';

interface WhyOptions {
  readonly url: string;
  readonly logFile?: string;
  readonly format: 'text' | 'json';
}

/** Tells the story of one call: what each stage said, and what stood in the way. */
export const command: CliCommand<WhyOptions> = {
  configure(parser) {
    parser
      .argument(
        '[request]',
        'id of the request, as in `error.data.requestId` or the header x-amzn-requestid (default: the last one refused)',
      )
      .option('--url <url>', 'address of the emulator', EMULATOR_URL)
      .option('--log-file <file>', 'file that the emulator appended to, in place of a running emulator')
      .option('--format <format>', 'text or json', 'text');
  },

  async run({ args, options, terminal }) {
    const records = await recordsOf(terminal, options);
    const [request] = args;
    const found = records.findLast(({ requestId, refusedBy }) =>
      request === undefined ? refusedBy !== undefined : requestId === request,
    );
    if (found === undefined) throw GovernanceError.of('CALL_UNKNOWN', { request });
    if (options.format === 'json') printJson(terminal, found);
    else terminal.out(callStory(found));
    return EXIT.ok;
  },
};

async function recordsOf(terminal: Terminal, { url, logFile }: WhyOptions): Promise<CallRecord[]> {
  if (logFile === undefined) {
    const answer = await askEmulator(url, '/emulator/calls');
    if (Array.isArray(answer)) return answer as unknown as CallRecord[];
    throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url });
  }
  // The last line may be half written.
  return (await readText(terminal, logFile)).split('\n').flatMap((line): CallRecord[] => {
    try {
      const value: unknown = JSON.parse(line);
      return isJsonObject(value) ? [value as unknown as CallRecord] : [];
    } catch {
      return [];
    }
  });
}
