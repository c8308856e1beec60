import { joinToolName } from '../../contract/tool-name';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { ProjectContent } from '../project/plan-project';
import { callableTools } from './callable-tools';
import { starterPolicies } from './starter-policies';
import { starterTests, type TestedTool } from './starter-tests';
import { reachOf, type StarterTarget } from './starter-tool';

/** Where the tools of a project come from, and what its code says of them. */
export interface StarterSource {
  /** Template folder of the stack. */
  readonly folder: 'mcp' | 'openapi';
  readonly values: { readonly [name: string]: string };
  /** The pin or the document, by its path in the project. */
  readonly files: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
}

/**
 * What a project is to govern that starts from tools which exist: their policies and tests by class.
 *
 * @throws GovernanceError `TOOLS_FOR_NOBODY` when nobody could call any tool, which a gateway is not made for
 */
export function starterContent(target: StarterTarget, source: StarterSource): ProjectContent {
  const callable = callableTools(target);
  const tested = target.tools.map((tool): TestedTool => {
    const reach = callable.denied.has(tool.name) ? 'nobody' : reachOf(tool);
    return { name: tool.name, reach, arguments: callable.arguments.get(tool.name) };
  });
  if (tested.every(({ reach }) => reach === 'nobody'))
    throw GovernanceError.of('TOOLS_FOR_NOBODY', { target: target.name });
  const callables = target.tools.filter(({ name }) => !callable.denied.has(name));
  const isForbidden = callables.some(({ classes }) => classes.includes('destructive'));
  const policies = (['everybody', 'group', 'nobody'] as const).flatMap((reach) => {
    const tools = callables.filter((tool) => reachOf(tool) === reach);
    return [...starterPolicies(reach, target.name, tools, reach !== 'group' || isForbidden)];
  });
  const example = tested.find(({ reach }) => reach === 'nobody') ?? tested[0];
  return {
    folders: [source.folder],
    values: {
      ...source.values,
      target: target.name,
      caller: 'ben',
      deniedTool: joinToolName(target.name, example?.name ?? 'tool'),
      deniedInput: JSON.stringify(example?.arguments ?? {}),
    },
    files: new Map([...policies, ['policies/tools.test.yaml', starterTests(target.name, tested)], ...source.files]),
    packages: source.packages,
    threshold: 100,
  };
}
