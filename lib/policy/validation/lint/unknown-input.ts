import { attributeAt } from '../../../contract/arguments/cedar-type';
import { quote } from '../../../contract/cedar-string';
import { classAction } from '../../../contract/tool-classes/names';
import { type Diagnostic, diagnostic, type Location } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { namedActions } from '../../decision/scope';
import { conditionForm, typeWords } from '../../schema/condition-form';
import type { ToolSchema } from '../../schema/schema-json';
import { attributePath } from '../../text/reads';
import { type Place, placeIn } from '../view/argument-place';
import type { PolicyView } from '../view/policy-view';
import type { Lint, LintContext } from './lint';
import { quotedNames } from './quoted-names';

const NOT_FOUND = /^attribute `(input[.[].+)` in context for AgentCore::Action::"(.+)" not found/;

/**
 * An argument that the tool does not have. Cedar takes `has` for such an argument without a word and makes it false, so that
 * a forbid on a field that nobody injects would be silently off.
 */
export const unknownInput: Lint = {
  explain(finding, policy, context) {
    const [, attribute, action] = NOT_FOUND.exec(finding.message) ?? [];
    if (attribute === undefined || action === undefined) return undefined;
    const path = attributePath(attribute).slice(1);
    const tool = context.schema.tools.get(action);
    const group = tool && classWith(tool, policy);
    if (group !== undefined) return ofClass(path, group, policy, policy.atRead(finding));
    return unknown(path, tool ? [tool] : [], policy.atRead(finding), context);
  },
  policy(policy, context) {
    if (policy.tools.length === 0) return [];
    return policy.inputReads.flatMap(({ path, isTest, start, end }) => {
      const spoofable = toolsThatLack(path[0] ?? '', policy.tools, context);
      if (spoofable.length > 0) return [unknown(path.slice(0, 1), spoofable, policy.at(start, end), context)];
      if (!isTest || policy.tools.some((tool) => attributeAt(tool.input, path) !== undefined)) return [];
      return [unknown(path, policy.tools, policy.at(start, end), context)];
    });
  },
};

/** The class by which alone a policy is for a tool. */
function classWith(tool: ToolSchema, { json }: PolicyView): string | undefined {
  const named = (namedActions(json.action) ?? []).map(({ id }) => id);
  if (named.includes(tool.action) || named.includes(tool.target)) return undefined;
  return tool.classes.find((name) => named.includes(classAction(name)));
}

/** An argument that not every tool of a class has, as the service will see when it reads the list of them. */
function ofClass(path: readonly string[], group: string, policy: PolicyView, location: Location): Diagnostic {
  const lacking = policy.tools.filter((tool) => attributeAt(tool.input, path) === undefined);
  const guard = `context.input has ${path.join('.')}`;
  const params = {
    name: path.join('.'),
    group,
    count: lacking.length,
    tools: quotedNames(lacking.map((t) => t.action)),
    guard,
  };
  return diagnostic('POLICY_INPUT_OF_CLASS', params, { location });
}

/** Tools for which nobody fills a trusted field that others have, so that there the agent may say what it likes. */
function toolsThatLack(name: string, tools: readonly ToolSchema[], { input }: LintContext): ToolSchema[] {
  const fields = input.trustedContext.filter((field) => field.name === name);
  if (fields.length === 0) return [];
  return tools.filter(({ action }) => !fields.some((field) => field.tools.includes(action)));
}

function unknown(
  path: readonly string[],
  tools: readonly ToolSchema[],
  location: Location,
  { input }: LintContext,
): Diagnostic {
  const name = path.join('.');
  const shown = quotedNames(tools.map(({ action }) => action));
  const isTrusted = input.trustedContext.some((field) => field.name === name);
  if (isTrusted) return diagnostic('POLICY_TRUSTED_FIELD_ABSENT', { name, tools: shown }, { location });
  const [owner] = tools.flatMap((tool) => placeIn(tool, path.slice(0, -1)) ?? []);
  if (owner !== undefined && owner.type.kind !== 'record') return mistyped(path, owner, location);
  const known = tools.flatMap((tool) => namesBeside(tool, path));
  // Everything is near to a name of one or two letters.
  const suggestion = (path.at(-1) ?? '').length > 2 ? suggest(name, known) : undefined;
  const params = { name, tools: shown };
  return diagnostic('POLICY_INPUT_UNKNOWN', suggestion === undefined ? params : { ...params, suggestion }, {
    location,
  });
}

/** A member of something that has its members in another form: a map, or one of several types. */
function mistyped(path: readonly string[], { path: steps, type }: Place, location: Location): Diagnostic {
  const example = conditionForm(steps, type);
  const tag = `Tag(${quote(path.at(-1) ?? '')})`;
  const form = type.kind === 'tagged' ? example?.replaceAll('Tag("...")', tag) : example;
  const params = { name: path.slice(0, -1).join('.'), type: typeWords(type) };
  return diagnostic('POLICY_INPUT_TYPE', form === undefined ? params : { ...params, form }, { location });
}

/** Names that exist where a path looked for one. */
function namesBeside(tool: ToolSchema, path: readonly string[]): string[] {
  const owner = placeIn(tool, path.slice(0, -1))?.type;
  const names = owner?.kind === 'record' ? [...owner.attributes.keys()] : [];
  return names.map((name) => [...path.slice(0, -1), name].join('.'));
}
