import { didYouMean, stop, warning } from './entry';

/** Findings of the emulator. */
export const EMULATOR = {
  EMULATOR_VALUE_UNRESOLVED: stop(
    (p: { value: string }) => `\`${p.value}\` in the manifest has no local value`,
    () => 'declare one in `local.values`, or use a Ref or Fn::GetAtt of a resource',
  ),
  EMULATOR_BUNDLE_BROKEN: stop(
    (p: { what: string; reason: string }) => `${p.what} cannot be loaded: ${p.reason}`,
    () => 'fix its source; until then the last good version serves',
  ),
  EMULATOR_SEED_UNREADABLE: stop(
    (p: { file: string; reason: string }) => `example data \`${p.file}\` cannot be loaded: ${p.reason}`,
    () => 'the file must be CSV with a header line or a JSON array, with the columns that the manifest declares',
  ),
  EMULATOR_PORT_TAKEN: stop(
    (p: { host: string; port: number }) => `port ${p.port} on \`${p.host}\` is taken`,
    () => 'choose another with `--port`, or 0 for any free one',
  ),

  EMULATOR_NOT_RUNNING: stop(
    (p: { url: string }) => `no emulator answers at \`${p.url}\``,
    () => 'start one with `governed-gateway emulate`, or name its address with `--url`',
  ),
  CALL_UNKNOWN: stop(
    (p: { request: string | undefined }) =>
      p.request === undefined ? 'no call was refused' : `there is no call \`${p.request}\` among the last ones`,
    () => 'take the id from `requestId` of the answer; older calls are in the file of `emulate --log-file`',
  ),
  CALL_NOT_CONNECTED: stop(
    (p: { url: string; problem: string }) => `\`${p.url}\` takes no connection: ${p.problem}`,
    () => 'check the address, which ends in `/mcp`, and that the token of `--token` has not expired',
  ),
  EMULATOR_SWITCH_UNKNOWN: stop(
    (p: { name: string; suggestion: string | undefined }) => `there is no platform switch \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'the switches are listed in docs/platform-assumptions.md'),
  ),
  EMULATOR_SWITCH_INVALID: stop(
    (p: { name: string; value: string; expected: string }) => `\`${p.value}\` is no value of the switch \`${p.name}\``,
    (p) => `use ${p.expected}`,
  ),
  EMULATOR_ENDPOINT_INVALID: stop(
    (p: { value: string }) => `\`${p.value}\` does not name a target and its URL`,
    () => 'write it as `target=http://127.0.0.1:3000`',
  ),
  EMULATOR_ENDPOINT_UNKNOWN: stop(
    (p: { name: string; known: readonly string[]; suggestion: string | undefined }) =>
      `\`--endpoint\` names \`${p.name}\`, and no target of that name is called by a URL`,
    (p) =>
      didYouMean(
        p.suggestion,
        p.known.length === 0
          ? 'leave it out: the functions of this gateway have no URL'
          : `use one of ${p.known.map((one) => `\`${one}\``).join(', ')}`,
      ),
  ),
  EMULATOR_ANSWERS_MISSING: stop(
    (p: { directory: string }) => `\`--answers\` names \`${p.directory}\`, which is no folder`,
    () => 'make the folder, with a file `target___tool.json` for each tool that it answers',
  ),
  EMULATOR_ANSWER_UNKNOWN: stop(
    (p: { file: string; suggestion: string | undefined }) =>
      `the answer \`${p.file}\` belongs to no tool of the gateway`,
    (p) => didYouMean(p.suggestion && `${p.suggestion}.json`, 'name it `target___tool.json`'),
  ),
  EMULATOR_ANSWER_UNREADABLE: stop(
    (p: { file: string; problem: string }) => `the answer \`${p.file}\` is no JSON: ${p.problem}`,
    () => 'write what the tool answers as JSON; a text stands in quotes',
  ),
  EMULATOR_OPEN_TO_NETWORK: warning(
    (p: { host: string }) => `the emulator listens on \`${p.host}\` and hands out tokens to whoever can reach it`,
    () => 'leave out `--host` to listen on this machine alone',
  ),
};
