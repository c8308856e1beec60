import { isJsonObject, isWithinDepth, type JsonValue } from '../../contract/json';
import { LIMITS } from '../../contract/limits';
import { LOOPBACK_NAMES } from '../../contract/loopback';
import { GovernanceError } from '../../diagnostics/governance-error';
import { importPackage } from '../../diagnostics/load-package';
import { limitedFetch } from './limited-fetch';
import { inLine, invalidAnswer, type PinnedTool, type ToolOrigin, toolsOf } from './pinned-tools';

/** Bounds of what a server may answer. */
export interface ServerLimits {
  readonly pages: number;
  /** Bytes of one message, and over HTTP of all answers together. */
  readonly bytes: number;
  /** Levels of a schema. */
  readonly depth: number;
  /** Milliseconds for everything. */
  readonly time: number;
}

const LIMITS_OF_SERVERS: ServerLimits = { pages: 200, bytes: 10_000_000, depth: 100, time: 60_000 };

/** How a server is asked. */
export interface ServerAccess {
  /** Absolute path of the directory in which a command runs. */
  readonly cwd: string;
  /** Bearer token for a server that is asked by HTTP. It is sent to nobody else, and not shown. */
  readonly token?: string;
  readonly environment: { readonly [name: string]: string | undefined };
  readonly limits?: ServerLimits;
}

/** What a server says. */
export interface ServerAnswer {
  /** What it calls itself. */
  readonly name: string;
  readonly tools: readonly PinnedTool[];
}

/**
 * The tools of an MCP server, asked for with the official client, page by page.
 *
 * @throws GovernanceError `TOOLS_SERVER_SILENT` when it cannot be asked, `TOOLS_ANSWER_INVALID`,
 *   `TOOLS_TOKEN_IN_CLEAR`, `PACKAGE_MISSING`
 */
export async function askServer(origin: ToolOrigin, access: ServerAccess): Promise<ServerAnswer> {
  const limits = access.limits ?? LIMITS_OF_SERVERS;
  const source = nameOf(origin);
  if (access.token !== undefined && isInClear(origin)) throw GovernanceError.of('TOOLS_TOKEN_IN_CLEAR', { source });
  const { Client } = await loadClient();
  const client = new Client({ name: 'governed-gateway', version: '1.0.0' });
  // A server that keeps answering is not silent for the client, so that the time for all is kept here.
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const problem = `it did not answer in ${limits.time / 1000} seconds`;
    alarm = setTimeout(() => reject(new Error(problem)), limits.time);
  });
  try {
    const transport = await transportOf(origin, access, limits);
    const tools = toolsOf(await Promise.race([listAll(client, transport, source, limits), late]), source);
    return { name: client.getServerVersion()?.name ?? '', tools };
  } catch (error) {
    if (GovernanceError.is(error)) throw error;
    throw GovernanceError.of('TOOLS_SERVER_SILENT', { source, problem: problemOf(error, access.token) });
  } finally {
    clearTimeout(alarm);
    await client.close().catch(() => undefined);
  }
}

function isInClear(origin: ToolOrigin): boolean {
  if (!('url' in origin)) return false;
  const { protocol, hostname } = new URL(origin.url);
  return protocol !== 'https:' && !LOOPBACK_NAMES.includes(hostname);
}

/** A server as findings and files name it. */
export function nameOf(origin: ToolOrigin): string {
  return inLine('url' in origin ? origin.url : origin.command.join(' '), 200);
}

async function listAll(
  client: Client,
  transport: Transport,
  source: string,
  limits: ServerLimits,
): Promise<JsonValue[]> {
  await client.connect(transport, { timeout: limits.time });
  const tools: JsonValue[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < limits.pages; page++) {
    const result: unknown = await client.request(
      { method: 'tools/list', params: cursor === undefined ? {} : { cursor } },
      { timeout: limits.time },
    );
    const { tools: some, nextCursor } = isJsonObject(result) ? result : {};
    if (!Array.isArray(some)) throw invalidAnswer(source, 'it has no list of tools');
    tools.push(...some);
    if (tools.length > LIMITS.toolsPerTarget) {
      throw invalidAnswer(
        source,
        `it has more than ${LIMITS.toolsPerTarget} tools, which is the most that a target has`,
      );
    }
    if (!some.every((tool) => isWithinDepth(tool, limits.depth))) {
      throw invalidAnswer(source, `a tool nests deeper than ${limits.depth} levels`);
    }
    if (typeof nextCursor !== 'string') return tools;
    cursor = nextCursor;
  }
  throw invalidAnswer(source, `it has more than ${limits.pages} pages`);
}

async function transportOf(
  origin: ToolOrigin,
  { token, cwd, environment }: ServerAccess,
  { bytes }: ServerLimits,
): Promise<Transport> {
  if ('url' in origin) {
    const { StreamableHTTPClientTransport } = await loadClient();
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const options = { requestInit: { headers }, fetch: limitedFetch(bytes) };
    return new StreamableHTTPClientTransport(new URL(origin.url), options);
  }
  const { StdioClientTransport, getDefaultEnvironment } = await loadStdio();
  const [command = '', ...args] = origin.command;
  const given = (origin.environment ?? []).flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  const env = { ...getDefaultEnvironment(), ...Object.fromEntries(given) };
  return new StdioClientTransport({ command, args, cwd, env, stderr: 'ignore', maxBufferSize: bytes });
}

type Client = InstanceType<Awaited<ReturnType<typeof loadClient>>['Client']>;
type Transport = Parameters<Client['connect']>[0];

const WANTED = { name: '@modelcontextprotocol/client', use: 'asking an MCP server for its tools' };

function loadClient() {
  return importPackage(WANTED, () => import('@modelcontextprotocol/client'));
}

function loadStdio() {
  return importPackage(WANTED, () => import('@modelcontextprotocol/client/stdio'));
}

/** What went wrong, in one line and without the token, whatever the server made of it. */
function problemOf(error: unknown, token: string | undefined): string {
  const said: string[] = [];
  for (let cause = error; cause instanceof Error && said.length < 3; cause = cause.cause) said.push(cause.message);
  const text = said.length > 0 ? said.join(': ') : String(error);
  return inLine(token === undefined ? text : text.replaceAll(token, '***'), 200);
}
