import { IAM_ENTITY } from '../../contract/claims';
import { closedField } from '../../contract/closed-set';
import { exampleValue } from '../../contract/example-value';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import type { DeclaredTrustedField } from '../../contract/trusted-context';
import type { TrustedValue } from '../../contract/trusted-value';
import type { ToolAction } from '../statements/tool-action';
import type { PackCase, PackContent } from './pack';
import type { PackGateway } from './pack-gateway';
import { policyIds } from './render-policies';

/** ARN of the caller in tests of gateways without tokens. */
const IAM_CALLER = 'arn:aws:iam::111122223333:role/agent';

/** The tests of a pack as a policy test file: its policies decide alone, so that they hold in every set. */
export function renderTests(gateway: PackGateway, content: PackContent): string {
  const personas = new Map(content.cases.map(({ caller }) => [caller.name, caller.claims]));
  const lines = [
    '# yaml-language-server: $schema=../node_modules/governed-gateway/docs/schemas/policy-test.schema.json',
    `# ${content.description}.`,
    `alone: ${JSON.stringify(policyIds(gateway, content))}`,
    '',
    'personas:',
    ...[...personas].map(([name, claims]) => `  ${JSON.stringify(name)}: ${flow(persona(gateway, claims))}`),
    '',
    'tests:',
    ...content.cases.map((one) => `  - ${flow(renderedCase(gateway, one))}`),
  ];
  return `${lines.join('\n')}\n`;
}

function persona(gateway: PackGateway, claims: JsonObject): JsonObject {
  if (gateway.facts.principalType === IAM_ENTITY) return { iam: IAM_CALLER };
  return { claims: { ...gateway.requiredClaims(), ...claims } };
}

/** Arguments that the REQUEST interceptor fills stand apart: what a client sends for them counts for nothing. */
function renderedCase(
  gateway: PackGateway,
  { name, caller, tool, arguments: given = {}, now, expect }: PackCase,
): JsonObject {
  const fields = (gateway.facts.trustedFields ?? []).filter(({ tools }) => tools.includes(tool.name));
  const all = { ...required(tool), ...given };
  const isTrusted = (argument: string): boolean => fields.some((field) => field.name === argument);
  const trusted = Object.fromEntries(
    fields
      .filter(({ source }) => source.kind !== 'proof')
      .map((field) => [field.name, all[field.name] ?? exampleOf(gateway, field)]),
  );
  const args = Object.fromEntries(Object.entries(all).filter(([argument]) => !isTrusted(argument)));
  return {
    name,
    as: caller.name,
    ...(now !== undefined && { now }),
    call: tool.name,
    ...(Object.keys(args).length > 0 && { arguments: args }),
    ...(Object.keys(trusted).length > 0 && { trusted }),
    expect,
  };
}

/** A value that the interceptor may find. */
function exampleOf({ facts }: PackGateway, field: DeclaredTrustedField): TrustedValue {
  const { source } = field;
  if (source.kind === 'constant') return source.value;
  return closedField(field, facts)?.values[0] ?? EXAMPLES[field.type];
}

const EXAMPLES = { string: 'text', integer: 1, boolean: true } as const;

/** Arguments without which the tool takes no call. */
function required({ inputSchema: schema = {} }: ToolAction): JsonObject {
  const { properties, required: names } = schema;
  if (!isJsonObject(properties) || !Array.isArray(names)) return {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = typeof name === 'string' ? exampleValue(schema, properties[name]) : undefined;
      return value === undefined ? [] : [[name as string, value]];
    }),
  );
}

/** Keys of test files, which need no quotes. */
const KEYS = new Set(['name', 'as', 'now', 'call', 'arguments', 'trusted', 'expect', 'claims', 'iam']);

/** A value on one line, as YAML. */
function flow(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isJsonObject(value)) return value === 'ALLOW' || value === 'DENY' ? value : JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, own]) => `${KEYS.has(key) ? key : JSON.stringify(key)}: ${flow(own)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
