import { didYouMean, error, warning } from './entry';

/** Findings of the emulator and of verification against live gateways. */
export const EMULATOR = {
  EMULATOR_VALUE_UNRESOLVED: error(
    (p: { value: string }) => `\`${p.value}\` in the manifest has no local value`,
    () => 'declare one in `local.values`, or use a Ref or Fn::GetAtt of a resource',
  ),
  EMULATOR_BUNDLE_BROKEN: error(
    (p: { what: string; reason: string }) => `${p.what} cannot be loaded: ${p.reason}`,
    () => 'fix its source; until then the last good version serves',
  ),
  EMULATOR_SEED_UNREADABLE: error(
    (p: { file: string; reason: string }) => `example data \`${p.file}\` cannot be loaded: ${p.reason}`,
    () => 'the file must be CSV with a header line or a JSON array, with the columns that the manifest declares',
  ),
  EMULATOR_SQL_ENGINE_MISSING: error(
    () => 'the application has example tables, but the package `@duckdb/node-api` is not installed',
    () => 'run `npm install --save-dev @duckdb/node-api`',
  ),
  EMULATOR_PORT_TAKEN: error(
    (p: { host: string; port: number }) => `port ${p.port} on \`${p.host}\` is taken`,
    () => 'choose another with `--port`, or 0 for any free one',
  ),
  EMULATOR_PERSONA_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `there is no persona or machine client \`${p.name}\``,
    (p) =>
      didYouMean(
        p.suggestion,
        'name a user that the app declares for local runs (`testUsers` of its identity) or one of its machine clients, or give `--claims` instead',
      ),
  ),
  EMULATOR_NOT_RUNNING: error(
    (p: { url: string }) => `no emulator answers at \`${p.url}\``,
    () => 'start one with `governed-gateway emulate`, or name its address with `--url`',
  ),
  EMULATOR_SWITCH_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `there is no platform switch \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'the switches are listed in docs/platform-assumptions.md'),
  ),
  EMULATOR_SWITCH_INVALID: error(
    (p: { name: string; value: string; expected: string }) => `\`${p.value}\` is no value of the switch \`${p.name}\``,
    (p) => `use ${p.expected}`,
  ),
  EMULATOR_ENDPOINT_INVALID: error(
    (p: { value: string }) => `\`${p.value}\` does not name a target and its URL`,
    () => 'write it as `target=http://127.0.0.1:3000`',
  ),
  EMULATOR_OPEN_TO_NETWORK: warning(
    (p: { host: string }) => `the emulator listens on \`${p.host}\` and hands out tokens to whoever can reach it`,
    () => 'leave out `--host` to listen on this machine alone',
  ),
  VERIFY_LOGS_ONLY: warning(
    (p: { path: string }) => `gateway \`${p.path}\` only logs, so that no call is denied and no list is filtered`,
    () => 'verify a stage that enforces, or the emulator; here, only tests that expect ALLOW can pass',
  ),
  VERIFY_SDK_MISSING: error(
    (p: { name: string }) => `the package \`${p.name}\` is not installed`,
    (p) => `run \`npm install --save-dev ${p.name}\``,
  ),
  VERIFY_STACK_UNREADABLE: error(
    (p: { stack: string; reason: string }) => `stack \`${p.stack}\` cannot be read: ${p.reason}`,
    () => "check the stack's name, the Region and the credentials",
  ),
  VERIFY_BACKEND_MISSING: error(
    () => 'no gateway to verify is named',
    () => 'name one with `--emulator`, or with `--url` and `--stack`',
  ),
  VERIFY_OUTPUT_MISSING: error(
    (p: { stack: string; output: string }) => `stack \`${p.stack}\` has no output for the ${p.output}`,
    () => 'deploy the stack with this version of the library, or name the value on the command line',
  ),
};
