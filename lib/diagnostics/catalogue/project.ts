import { error, stop } from './entry';

/** Findings of starting a project. */
export const PROJECT = {
  PROJECT_NAME_INVALID: error(
    (p: { name: string; suggestion: string | undefined }) => `a project cannot be named \`${p.name}\``,
    (p) =>
      p.suggestion === undefined
        ? 'use small letters, digits and `-`, a letter first, at most 64'
        : `did you mean \`${p.suggestion}\`?`,
  ),
  PROJECT_FILES_IN_THE_WAY: stop(
    (p: { directory: string; paths: readonly string[] }) =>
      `nothing is written into \`${p.directory}\`, where these are in the way: ${p.paths.map((path) => `\`${path}\``).join(', ')}`,
    () => 'name another folder, or move what is in the way',
  ),
  PROJECT_UNWRITABLE: stop(
    (p: { directory: string; problem: string }) =>
      `nothing is written into \`${p.directory}\`: writing failed with \`${p.problem}\``,
    () => 'check the permissions of the folder and the space on the disk',
  ),
  PROJECT_INSTALL_FAILED: stop(
    (p: { directory: string; command: string; problem: string }) =>
      `\`${p.command}\` failed in \`${p.directory}\`: \`${p.problem}\``,
    () =>
      'the files are written: read above what the package manager says, then run the command yourself in that folder',
  ),
  TOOLS_SERVER_SILENT: stop(
    (p: { source: string; problem: string }) =>
      `the MCP server \`${p.source}\` cannot be asked for its tools: \`${p.problem}\``,
    () =>
      'check that it runs and speaks MCP; one that wants a token takes it from a file by `--token`, or from `GOVERNED_GATEWAY_MCP_TOKEN`',
  ),
  TOOLS_ANSWER_INVALID: error(
    (p: { source: string; problem: string }) => `the answer of \`${p.source}\` cannot be taken: ${p.problem}`,
    () => "the server has to answer `tools/list` as the MCP specification says, within a target's limits",
  ),
  TOOLS_PIN_INVALID: error(
    (p: { file: string; problem: string }) => `\`${p.file}\` is no pin of a server's tools: ${p.problem}`,
    () => 'name a file that `init --from-mcp` or `tools refresh` has written',
  ),
  TOOLS_URL_SECRET: error(
    () => 'the URL of the MCP server holds a user, a password or a key, and the URL goes into files',
    () => 'give the URL without it, and a token from a file by `--token`, or by `GOVERNED_GATEWAY_MCP_TOKEN`',
  ),
  TOOLS_PIN_MISSING: stop(
    (p: { folder: string }) => `no file in \`${p.folder}\` says which server its tools came from`,
    () => 'run the command in the folder of the app, or name the files that `init --from-mcp` has written',
  ),
  TOOLS_PIN_UNWRITABLE: stop(
    (p: { file: string; problem: string }) => `\`${p.file}\` cannot be written: \`${p.problem}\``,
    () => 'check its permissions; files of servers that come before it are written already',
  ),
  TOOLS_TOKEN_IN_CLEAR: stop(
    (p: { source: string }) => `the token is not sent to \`${p.source}\`, where everybody on the way could read it`,
    () => 'use an `https://` URL, or a server on this machine',
  ),
  TOOLS_FOR_NOBODY: stop(
    (p: { target: string }) =>
      `nothing is written: nobody could call any tool of \`${p.target}\`, because each counts as destructive or unknown`,
    () =>
      "look at the tools, and say what they are: `--class 'get_*=read'`; or believe what the server says of them: `--trust-annotations`",
  ),
};
