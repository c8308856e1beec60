import { didYouMean, error, stop } from './entry';

/** Findings about the command line itself and the files that it reads. */
export const COMMAND = {
  COMMAND_UNKNOWN: stop(
    (p: { name: string; suggestion: string | undefined }) => `there is no command \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'run `governed-gateway --help` for the list of commands'),
  ),
  COMMAND_OPTION_UNKNOWN: stop(
    (p: { command: string; option: string; suggestion: string | undefined }) =>
      `\`${p.command}\` has no option \`${p.option}\``,
    (p) => didYouMean(p.suggestion, `run \`governed-gateway ${p.command} --help\` for the list of options`),
  ),
  COMMAND_OPTION_INVALID: error(
    (p: { option: string; value: string; expected: string }) => `option \`${p.option}\` cannot be \`${p.value}\``,
    (p) => `give it ${p.expected}`,
  ),
  COMMAND_NUMBER_ROUNDED: error(
    (p: { what: string; name: string }) =>
      `\`${p.what}\` has a number in \`${p.name}\` that is too large to be kept exactly`,
    () => 'use integers between -9007199254740991 and 9007199254740991, or a text where a text is meant',
  ),
  COMMAND_ARGUMENT_UNEXPECTED: stop(
    (p: { command: string; argument: string; app: boolean }) =>
      `\`${p.command}\` has no use for the argument \`${p.argument}\``,
    (p) =>
      p.app
        ? `an app's folder goes behind \`--app\`; \`governed-gateway ${p.command} --help\` shows the options`
        : `run \`governed-gateway ${p.command} --help\` for what it takes`,
  ),
  COMMAND_USAGE: stop(
    (p: { command: string; problem: string }) => `\`${p.command}\` cannot run: \`${p.problem}\``,
    (p) => `run \`governed-gateway ${p.command} --help\` for what it takes`,
  ),
  COMMAND_OPTION_MISSING: stop(
    (p: { command: string; option: string; or: string | undefined }) =>
      `\`${p.command}\` needs the option \`${p.option}\`${p.or === undefined ? '' : ` or \`${p.or}\``}`,
    (p) => `run \`governed-gateway ${p.command} --help\` for what it takes`,
  ),
  COMMAND_OPTIONS_TOGETHER: stop(
    (p: { given: string; missing: string }) => `option \`${p.given}\` needs the option \`${p.missing}\` beside it`,
    () => 'give `--policies DIR --tools tools.json`, or `--app cdk.out` for what an app declares',
  ),
  COMMAND_OPTIONS_EXCLUSIVE: stop(
    (p: { first: string; second: string }) => `options \`${p.first}\` and \`${p.second}\` exclude each other`,
    () => 'keep one of the two',
  ),
  COMMAND_INPUT_MISSING: stop(
    (p: { assembly: string }) =>
      `there is neither a cloud assembly in \`${p.assembly}\` nor an option that names policies`,
    () => 'run `npx cdk synth` first, or give `--app cdk.out`, or `--policies DIR --tools tools.json`',
  ),
  COMMAND_FILE_UNREADABLE: stop(
    (p: { path: string; problem: string }) => `\`${p.path}\` cannot be read: ${p.problem}`,
    () => 'check the path, which is relative to the current directory, and its permissions',
  ),
  COMMAND_FILE_UNWRITABLE: stop(
    (p: { path: string; problem: string }) => `\`${p.path}\` cannot be written: ${p.problem}`,
    () => 'name a file that is not there yet, in a folder that is',
  ),
  COMMAND_JSON_INVALID: error(
    (p: { what: string; problem: string }) => `\`${p.what}\` holds no valid JSON: \`${p.problem}\``,
    () => 'give a JSON object in quotes, `@file` for the content of a file, or `-` for standard input',
  ),
  COMMAND_JSON_NO_OBJECT: error(
    (p: { what: string }) => `\`${p.what}\` holds JSON that is not an object`,
    () => 'give a JSON object such as `{"name": "value"}`',
  ),
  COMMAND_TOOLS_FOREIGN: error(
    (p: { member: string; api: string }) => `a tool has \`${p.member}\`, which is the form of \`${p.api}\``,
    () => "give the result of MCP's `tools/list`: `name` is `target___tool`, and the schema stands under `inputSchema`",
  ),
  COMMAND_TOOLS_INVALID: error(
    (p: { problem: string }) => `the tool list is not the result of \`tools/list\`: ${p.problem}`,
    () => 'give the result as JSON: `{"tools": [{"name": "target___tool", "inputSchema": {"type": "object"}}]}`',
  ),
  COMMAND_TOOL_WITHOUT_TARGET: error(
    (p: { name: string }) => `tool \`${p.name}\` names no target`,
    () => 'use names as the gateway shows them, with three underscores: `target___tool`',
  ),
  COMMAND_TOOL_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `no target of the gateway has a tool \`${p.name}\``,
    (p) => didYouMean(p.suggestion, 'name a tool of the gateway as `target___tool`'),
  ),
  COMMAND_PERSONA_UNKNOWN: stop(
    (p: { name: string; suggestion: string | undefined }) => `there is no persona or machine client \`${p.name}\``,
    (p) =>
      didYouMean(
        p.suggestion,
        'name a user that the app declares for local runs (`testUsers` of its identity) or one of its machine clients, or give `--claims` instead',
      ),
  ),
  COMMAND_TOKEN_INVALID: error(
    (p: { path: string }) => `\`${p.path}\` holds no access token that is a JWT`,
    () =>
      'name a file with the token alone: three parts with dots between them, as `npx governed-gateway token` prints it',
  ),
  COMMAND_POLICY_UNKNOWN: error(
    (p: { id: string; suggestion: string | undefined }) => `there is no policy \`${p.id}\``,
    (p) => didYouMean(p.suggestion, 'run `governed-gateway explain` without a name for the list of all policies'),
  ),
  COMMAND_IDENTITY_INVALID: error(
    (p: { path: string; problem: string }) => `\`${p.path}\` does not describe an identity provider: ${p.problem}`,
    () => 'list the claims that its tokens carry: `{"claims": ["sub", "department"]}`',
  ),
  COMMAND_UNEXPECTED: stop(
    (p: { problem: string }) => `something went wrong inside the command: \`${p.problem}\``,
    () => 'report it with the input that leads to it; `GOVERNED_GATEWAY_DEBUG=1` shows where',
  ),
};
