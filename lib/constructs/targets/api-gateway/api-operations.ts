import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { HttpRequest } from '../../../contract/http-request';
import type { JsonObject } from '../../../contract/json';
import type { DeclaredTool } from '../../../contract/published-schema';
import { classesOfOperation } from '../../../contract/tool-classes/operations';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { outlinesOf } from '../openapi/outline';
import { type OpenApiOperation, readOperation } from '../openapi/read-operation';
import { References } from '../openapi/references';
import { selectOperations } from '../source/operation-filter';
import { pinTools } from '../source/pinned-tools';
import type { OutboundCredential } from '../source/target-limits';
import type { ApiGatewayToolsOptions } from './api-gateway-options';
import { accessOf } from './method-access';

/** A method that becomes a tool. */
export interface ApiTool {
  readonly method: string;
  readonly path: string;
  readonly tool: DeclaredTool;
  /** How the method is called; undefined when nothing says what it takes. */
  readonly request?: HttpRequest;
  /** What the gateway must be told, because the API does not say it. */
  readonly override: { readonly name?: string; readonly description?: string } | undefined;
}

export interface ApiTools {
  readonly tools: readonly ApiTool[];
  readonly findings: readonly Diagnostic[];
}

/** The tools of an API that a document describes. */
export function describedTools(
  source: string,
  document: JsonObject,
  options: ApiGatewayToolsOptions,
  credential: OutboundCredential,
): ApiTools {
  const references = new References(document);
  // Preflights of browsers are answered by API Gateway itself.
  const outlines = outlinesOf(references).operations.filter(({ method }) => method !== 'OPTIONS');
  const { selected, findings } = selectOperations(source, outlines, options);
  const operations = selected.map((outline) => readOperation(references, outline));
  const leftOut: Diagnostic[] = [];
  const refused: { readonly operation: string; readonly needs: OutboundCredential }[] = [];
  const usable = operations.filter((one) => {
    const { needs, problem } = accessOf(document, one.outline.operation);
    const reasons = [...problemsOf(one), ...(problem === undefined ? [] : [problem])];
    if (reasons.length > 0) leftOut.push(diagnostic('TARGET_OPERATION_LEFT_OUT', { operation: placeOf(one), reasons }));
    else if (needs !== 'none' && needs !== credential) refused.push({ operation: placeOf(one), needs });
    return reasons.length === 0;
  });
  const { overrides = [] } = options;
  const named = usable.map((operation) =>
    toolOf(
      operation,
      overrides.find((override) => isMeant(operation, override)),
    ),
  );
  const pinned = pinTools(
    source,
    named.map(({ tool }) => tool),
    options.tools,
  );
  const tools = named.flatMap((one) => {
    const tool = pinned.tools.find(({ name }) => name === one.tool.name);
    return tool === undefined ? [] : [{ ...one, tool }];
  });
  return {
    tools,
    findings: [
      ...findings,
      ...leftOut,
      ...refused.map((one) => diagnostic('TARGET_API_ACCESS', { ...one, used: credential })),
      ...checkOverrides(overrides, usable),
      ...pinned.findings,
    ],
  };
}

/** The tools of an API of which nothing is known: pinned ones, and overrides that say which method each is. */
export function placedTools(source: string, options: ApiGatewayToolsOptions): ApiTools | undefined {
  const { tools: pinned, overrides = [] } = options;
  if (pinned === undefined) return undefined;
  const all = pinned._read();
  const tools = all.flatMap((tool): ApiTool[] => {
    const place = overrides.find(({ name }) => name === tool.name);
    if (place === undefined) return [];
    const { path, method, name, description } = place;
    const classes = tool.classes ?? classesOfOperation({ method: method.value });
    return [
      {
        method: method.value,
        path,
        tool: { ...tool, classes },
        override: { name, ...(description !== undefined && { description }) },
      },
    ];
  });
  const names = all.map(({ name }) => name);
  const unplaced = names.filter((name) => !overrides.some((override) => override.name === name));
  const unknown = overrides.filter(({ name }) => !names.includes(name));
  return {
    tools,
    findings: [
      ...unplaced.map((tool) => diagnostic('TARGET_API_TOOL_UNPLACED', { path: source, tool })),
      ...unknown.map(({ name: tool }) =>
        diagnostic('TARGET_PINNED_TOOL_MISSING', { path: source, tool, suggestion: suggest(tool, names) }),
      ),
    ],
  };
}

/** What cannot be changed in an export: a parameter that an agent must not fill would be an argument. */
function problemsOf({ unsupported, withheld, unresolved }: OpenApiOperation): string[] {
  return [
    ...unsupported,
    ...withheld.filter(({ why }) => why !== 'ignored').map(({ name }) => `an agent would fill in \`${name}\``),
    ...unresolved.map((reference) => `it refers to \`${reference}\`, which is not known here`),
  ];
}

function toolOf(operation: OpenApiOperation, override: agentcore.ApiGatewayToolOverride | undefined): ApiTool {
  const { outline, request, inputSchema, classes } = operation;
  const name = override?.name ?? operation.name;
  const description = override?.description ?? operation.description;
  const isNamed = outline.operationId === name && override?.description === undefined;
  const given = { name, ...(override?.description !== undefined && { description: override.description }) };
  return {
    method: outline.method,
    path: outline.path,
    tool: { name, description, inputSchema, classes },
    request,
    override: isNamed ? undefined : given,
  };
}

function checkOverrides(
  overrides: readonly agentcore.ApiGatewayToolOverride[],
  operations: readonly OpenApiOperation[],
): Diagnostic[] {
  const candidates = operations.map(placeOf);
  return overrides
    .filter((override) => !operations.some((operation) => isMeant(operation, override)))
    .map(({ method, path }) => `${method.value} ${path}`)
    .map((operation) => diagnostic('TARGET_API_OVERRIDE', { operation, suggestion: suggest(operation, candidates) }));
}

function isMeant({ outline }: OpenApiOperation, override: agentcore.ApiGatewayToolOverride): boolean {
  return outline.path === override.path && outline.method === override.method.value;
}

function placeOf({ outline }: OpenApiOperation): string {
  return `${outline.method} ${outline.path}`;
}
