import { type Diagnostic, diagnostic, type Location } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { CedarType } from '../../arguments/cedar-type';
import type { ToolSchema } from '../../schema/schema-json';
import { attributePath } from '../../text/reads';
import type { Lint, LintContext } from './lint';
import { listed } from './listed';

const NOT_FOUND = /^attribute `(input[.[].+)` in context for AgentCore::Action::"(.+)" not found/;

/**
 * An argument that the tool does not have. Cedar takes `has` for such an argument without a word and makes it false, so that
 * a forbid on a field that nobody injects would be silently off.
 */
export const unknownInput: Lint = {
  explain(finding, policy, context) {
    const [, attribute, action] = NOT_FOUND.exec(finding.message) ?? [];
    if (attribute === undefined || action === undefined) return undefined;
    const name = attributePath(attribute).slice(1).join('.');
    const tool = context.schema.tools.get(action);
    return unknown(name, tool ? [tool] : [], policy.atRead(finding), context);
  },
  policy(policy, context) {
    if (policy.tools.length === 0) return [];
    return policy.inputReads.flatMap(({ path, isTest, start, end }) => {
      const spoofable = toolsThatLack(path[0] ?? '', policy.tools, context);
      if (spoofable.length > 0) return [unknown(path[0] ?? '', spoofable, policy.at(start, end), context)];
      if (!isTest || policy.tools.some((tool) => declares(tool.input, path))) return [];
      return [unknown(path.join('.'), policy.tools, policy.at(start, end), context)];
    });
  },
};

/** Tools for which nobody fills a trusted field that others have, so that there the agent may say what it likes. */
function toolsThatLack(name: string, tools: readonly ToolSchema[], { input }: LintContext): ToolSchema[] {
  const fields = input.trustedContext.filter((field) => field.name === name);
  if (fields.length === 0) return [];
  return tools.filter(({ action }) => !fields.some((field) => field.tools.includes(action)));
}

function unknown(name: string, tools: readonly ToolSchema[], location: Location, { input }: LintContext): Diagnostic {
  const shown = listed(tools.map(({ action }) => action));
  const isTrusted = input.trustedContext.some((field) => field.name === name);
  if (isTrusted) return diagnostic('POLICY_TRUSTED_FIELD_ABSENT', { name, tools: shown }, { location });
  const known = tools.flatMap((tool) => [...tool.input.attributes.keys()]);
  // Everything is near to a name of one or two letters.
  const suggestion = name.length > 2 ? suggest(name, known) : undefined;
  const params = { name, tools: shown };
  return diagnostic('POLICY_INPUT_UNKNOWN', suggestion === undefined ? params : { ...params, suggestion }, {
    location,
  });
}

/** Whether a type has what a path names. */
function declares(type: CedarType, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  if (type.kind === 'record' || type.kind === 'tagged') {
    const attribute = type.attributes.get(name);
    return attribute !== undefined && declares(attribute.type, rest);
  }
  const numbered = /^(?:typeChoice|proj)([0-9]+)$/.exec(name)?.[1];
  const parts = type.kind === 'choice' ? type.choices : type.kind === 'tuple' ? type.items : [];
  const part = parts[Number(numbered ?? -1)];
  return part !== undefined && declares(part, rest);
}
