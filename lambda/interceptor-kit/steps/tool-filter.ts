import type { Claims } from '../../../lib/contract/claims';
import { selectsCaller, selectsTool } from '../../../lib/contract/steps/selectors';
import type { ToolFilterConfig } from '../../../lib/contract/steps/tool-filter';
import { SEARCH_TOOL_NAME } from '../../../lib/contract/tool-name';
import type { StepFactory } from '../chain/configured-steps';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import type { Call } from '../message/call';
import type { Result } from '../message/result';
import { editListing, listsTools } from '../message/tool-listing';

/** Whether a caller may see a tool, by its full name. Throwing hides everything. */
export type ToolPredicate = (tool: string, claims: Claims | undefined) => boolean;

/** Hides tools by rules, see {@link filterTools}. The gateway's search tool is hidden by a rule of its own only. */
export function toolFilter(config: ToolFilterConfig): Step {
  const isVisible: ToolPredicate = (tool, claims) => {
    const rules = config.rules.filter((rule) => selectsTool(rule.tools, tool));
    if (rules.length === 0) return config.otherwise === 'show' || tool === SEARCH_TOOL_NAME;
    return rules.some((rule) => rule.visibleTo === undefined || selectsCaller(rule.visibleTo, claims));
  };
  return filterTools(isVisible, { denyCalls: config.denyCalls });
}

/**
 * Hides tools from lists and search results, and, unless told otherwise, denies calls to hidden tools as if they did not exist, so that
 * the list agrees with what can be called.
 */
export function filterTools(isVisible: ToolPredicate, options: { readonly denyCalls?: boolean } = {}): Step {
  function request(call: Call, { claims }: StepContext): StepOutcome {
    if (call.kind !== 'tools/call' || options.denyCalls === false) return proceed();
    return isVisible(call.tool.fullName, claims) === true ? proceed() : deny('unknown-tool');
  }

  function response(result: Result, { claims }: StepContext): StepOutcome {
    if (result.kind !== 'result' || !listsTools(result.call)) return proceed();
    return proceed({
      payload: editListing(result, (tool) => (isVisible(tool.name, claims) === true ? tool : undefined)),
    });
  }

  return { name: 'tool-filter', request, response };
}

/** The step of a configuration. */
export const make: StepFactory<'tool-filter'> = (config) => toolFilter(config);
