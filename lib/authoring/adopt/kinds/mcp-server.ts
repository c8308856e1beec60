import { isPublicUrl } from '../../../constructs/targets/source/public-url';
import { GovernanceError } from '../../../diagnostics/governance-error';
import { literal } from '../../project/code';
import { type PinnedTool, pinText } from '../../tools/pinned-tools';
import { Outside } from '../outside';
import { type KindInput, MCP, type SaidKind } from './kind';
import { catalogTools, toolFile, toolList, toolsIn } from './tool-file';

/** Tools of a remote MCP server, pinned as it says them now. */
export async function mcpServerTarget({ name, members, sources }: KindInput): Promise<SaidKind> {
  const url = members.text(...MCP, 'mcpServer', 'endpoint') ?? '';
  if (!isPublicUrl(url)) {
    throw new Outside(`\`${url}\` is no public HTTPS URL`, 'declare it beside the gateway by CDK');
  }
  const pinned = members.peek(...MCP, 'mcpServer', 'mcpToolSchema', 'inlinePayload');
  const tools = typeof pinned === 'string' ? toolsIn(pinned, `target ${name}`) : await ask(name, url, sources);
  const pin = { origin: { url }, trustAnnotations: false, classes: {}, tools };
  return {
    constants: [],
    factory: 'Tools.fromMcpServer',
    args: [literal(url)],
    options: { tools: toolList(name) },
    files: new Map([[toolFile(name), pinText(pin)]]),
    catalog: { kind: 'mcp-server', tools: catalogTools(tools) },
    notes: [],
  };
}

async function ask(
  name: string,
  url: string,
  { documents, ask: askServer }: KindInput['sources'],
): Promise<readonly PinnedTool[]> {
  const document = documents.get(name);
  if (document !== undefined) return toolsIn(document.text, document.path);
  try {
    return await askServer(name, url);
  } catch (error) {
    if (!GovernanceError.is(error)) throw error;
    const way = `give a token by \`--token ${name}=FILE\`, or its answer to \`tools/list\` by \`--document ${name}=FILE\`, and run \`adopt\` again`;
    throw new Outside(`its server does not say its tools: ${error.message}`, way);
  }
}
