import { isPublicUrl } from '../../constructs/targets/source/public-url';
import { classesOfTool } from '../../contract/tool-classes/tool-classes';
import { classesOfPinned, type PinnedTool, pinText, type ToolOrigin, type ToolPin } from '../tools/pinned-tools';
import type { StarterSource } from './starter-content';
import type { StarterTarget, StarterTool } from './starter-tool';
import { toolOptions } from './tool-options';

/** The target of a project that starts from the tools of an MCP server. */
export function mcpTarget(name: string, pin: ToolPin): StarterTarget {
  return { name, tools: pin.tools.map((tool) => starterTool(tool, pin)) };
}

function starterTool(tool: PinnedTool, pin: ToolPin): StarterTool {
  const { name, description = '', inputSchema } = tool;
  const claimed = pin.trustAnnotations ? {} : { claimed: classesOfTool(tool, 'trusted') };
  return { name, description, inputSchema, classes: classesOfPinned(tool, pin), ...claimed };
}

/** The files of a project that starts from the tools of an MCP server, and where its gateway will reach the server. */
export function mcpSource(name: string, pin: ToolPin, endpoint: string): StarterSource {
  return {
    folder: 'mcp',
    values: { endpoint: new URL(endpoint).href.replaceAll("'", '%27'), options: toolOptions(pin) },
    files: new Map([[`tools/${name}.json`, pinText(pin)]]),
    packages: ['@modelcontextprotocol/client'],
  };
}

/**
 * The URL at which a gateway reaches a server: the given one, else that at which it was asked, else one to be replaced, because a gateway
 * calls nobody inside of a network and runs no command.
 */
export function gatewayEndpoint(target: string, origin: ToolOrigin, given: string | undefined): string {
  if (given !== undefined) return given;
  return 'url' in origin && isPublicUrl(origin.url) ? origin.url : `https://${target.toLowerCase()}.example.com/mcp`;
}
