import { isJsonObject, type JsonValue } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { PolicyView } from '../view/policy-view';
import type { Lint, LintContext } from './lint';

/** Enums of OpenAPI, Smithy and MCP server targets. Inline schemas of Lambda targets cannot carry them to the service. */
export const enumUnverified: Lint = {
  policy(policy, context) {
    const names = new Set<string>();
    return policy.inputReads.flatMap(({ path, isTest, start, end }): Diagnostic[] => {
      const name = path.join('.');
      if (isTest || names.has(name) || !isEnum(policy, path, context)) return [];
      names.add(name);
      return [diagnostic('POLICY_ENUM_UNVERIFIED', { name }, { location: policy.at(start, end) })];
    });
  },
};

function isEnum(policy: PolicyView, path: readonly string[], { input }: LintContext): boolean {
  return policy.tools.some(({ target, tool }) => {
    const declared = input.targets.find(({ name }) => name === target);
    if (declared === undefined || declared.kind === 'lambda') return false;
    const schema = declared.tools.find(({ name }) => name === tool)?.inputSchema;
    return (
      isJsonObject(propertyAt(schema, path)) && Array.isArray((propertyAt(schema, path) as { enum?: unknown }).enum)
    );
  });
}

function propertyAt(schema: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  const [name, ...rest] = path;
  if (name === undefined || !isJsonObject(schema)) return schema;
  const { properties } = schema;
  return isJsonObject(properties) && Object.hasOwn(properties, name) ? propertyAt(properties[name], rest) : undefined;
}
