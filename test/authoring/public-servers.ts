import { join } from 'node:path';
import type { ToolOrigin } from '../../lib/authoring/tools/pinned-tools';
import { ROOT } from '../house/source-files';

const server = (path: string, ...args: string[]): ToolOrigin => ({
  command: [process.execPath, join(ROOT, 'node_modules', path), ...args],
});

interface PublicServer {
  readonly origin: ToolOrigin;
  readonly tools: readonly string[];
  /** What has to be said of its tools, so that anybody can call one. */
  readonly classes?: { readonly [pattern: string]: readonly string[] };
}

/** Public MCP servers that start without a network, each with some of its tools. */
export const PUBLIC_SERVERS: { readonly [name: string]: PublicServer } = {
  '@modelcontextprotocol/server-everything': {
    origin: server('@modelcontextprotocol/server-everything/dist/index.js'),
    tools: ['echo', 'get-sum'],
  },
  '@modelcontextprotocol/server-filesystem': {
    origin: server('@modelcontextprotocol/server-filesystem/dist/index.js', ROOT),
    tools: ['read_text_file', 'write_file'],
  },
  '@modelcontextprotocol/server-memory': {
    origin: server('@modelcontextprotocol/server-memory/dist/index.js'),
    tools: ['create_entities', 'read_graph'],
  },
  '@modelcontextprotocol/server-sequential-thinking': {
    origin: server('@modelcontextprotocol/server-sequential-thinking/dist/index.js'),
    tools: ['sequentialthinking'],
  },
  '@antv/mcp-server-chart': {
    origin: server('@antv/mcp-server-chart/build/index.js'),
    tools: ['generate_bar_chart'],
  },
  '@agent-infra/mcp-server-filesystem': {
    origin: server('@agent-infra/mcp-server-filesystem/dist/index.cjs', '--allowed-directories', ROOT),
    tools: ['read_file'],
    // Its tools have no annotations.
    classes: { 'read_*': ['read'], create_directory: ['write'] },
  },
};
