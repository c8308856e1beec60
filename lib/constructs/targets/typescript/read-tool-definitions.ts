import type { DeclaredTool } from '../../../contract/published-schema';
import { GovernanceError } from '../../../diagnostics/governance-error';
import type { TypeScriptBundle } from '../../functions/bundle-typescript';
import { loadBundle } from '../../functions/load-bundle';

/** Bundles are named after their content, so what was read from one in some environment holds for the process. */
const cache = new Map<string, readonly DeclaredTool[]>();

/**
 * Loads a bundle in this process and reads the tools of its handler. The AWS SDK is replaced by something inert, and environment
 * variables are as before afterwards.
 *
 * @param environment the function's environment, which the module may read while it loads; tokens stay texts
 * @throws GovernanceError `TARGET_MODULE_FAILED`, `TARGET_HANDLER_MISSING`, `TARGET_HANDLER_WITHOUT_TOOLS`
 */
export function readToolDefinitions(
  bundle: TypeScriptBundle,
  environment: { readonly [name: string]: string } = {},
): readonly DeclaredTool[] {
  const key = JSON.stringify([bundle.directory, environment]);
  const known = cache.get(key);
  if (known) return known;
  const { entry } = bundle;
  try {
    const { handler } = loadBundle(bundle.directory, environment);
    if (handler === undefined) throw GovernanceError.of('TARGET_HANDLER_MISSING', { entry });
    const tools = (handler as { tools?: unknown } | null)?.tools;
    if (!isDeclaration(tools)) throw GovernanceError.of('TARGET_HANDLER_WITHOUT_TOOLS', { entry });
    cache.set(key, tools);
    return tools;
  } catch (error) {
    if (GovernanceError.is(error)) throw error;
    if (isZodVersion(error)) throw GovernanceError.of('TARGET_ZOD_VERSION', { entry, tool: error.tool });
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw GovernanceError.of('TARGET_MODULE_FAILED', { entry, problem });
  }
}

function isDeclaration(tools: unknown): tools is readonly DeclaredTool[] {
  return (
    Array.isArray(tools) &&
    tools.every((tool) => typeof tool?.name === 'string' && typeof tool?.inputSchema === 'object')
  );
}

/** What `declaredTools` of the tool kit throws for a schema that another version of zod made. */
function isZodVersion(error: unknown): error is { readonly tool: string } {
  return error instanceof Error && (error as { readonly code?: unknown }).code === 'ZOD_VERSION';
}
