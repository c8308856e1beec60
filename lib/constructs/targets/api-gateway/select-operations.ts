import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { DeclaredTool } from '../../../contract/published-schema';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { OpenApiOperation } from '../openapi/read-operation';
import { isBelow } from '../source/operation-filter';

export interface Selection {
  readonly tools: readonly DeclaredTool[];
  readonly findings: readonly Diagnostic[];
}

/** The tools that API Gateway operations become, by filters and overrides as the service applies them. */
export function selectOperations(
  operations: readonly OpenApiOperation[],
  filters: readonly agentcore.ApiGatewayToolFilter[],
  overrides: readonly agentcore.ApiGatewayToolOverride[],
): Selection {
  const findings: Diagnostic[] = [];
  const paths = operations.map(({ outline }) => outline.path);
  for (const filter of filters) {
    if (operations.some((operation) => passes(operation, filter))) continue;
    const { filterPath } = filter;
    findings.push(diagnostic('TARGET_API_FILTER', { path: filterPath, suggestion: suggest(filterPath, paths) }));
  }
  const selected = operations.filter((operation) => filters.some((filter) => passes(operation, filter)));
  for (const override of overrides) {
    if (selected.some((operation) => isMeant(operation, override))) continue;
    const operation = `${override.method.value} ${override.path}`;
    const candidates = selected.map(({ outline }) => `${outline.method} ${outline.path}`);
    findings.push(diagnostic('TARGET_API_OVERRIDE', { operation, suggestion: suggest(operation, candidates) }));
  }
  const tools = selected.flatMap((operation): DeclaredTool[] => {
    const override = overrides.find((candidate) => isMeant(operation, candidate));
    const name = override?.name ?? operation.outline.operationId;
    if (name === undefined) {
      findings.push(
        diagnostic('TARGET_API_OPERATION_NAME', { operation: `${operation.outline.method} ${operation.outline.path}` }),
      );
      return [];
    }
    return [{ name, description: override?.description ?? operation.description, inputSchema: operation.inputSchema }];
  });
  return { tools, findings };
}

/** One filter for each path, with all its methods. */
export function filtersOf(
  operations: readonly OpenApiOperation[],
  method: (name: string) => agentcore.ApiGatewayHttpMethod,
): agentcore.ApiGatewayToolFilter[] {
  const filters = new Map<string, agentcore.ApiGatewayHttpMethod[]>();
  for (const { outline } of operations) {
    filters.set(outline.path, [...(filters.get(outline.path) ?? []), method(outline.method)]);
  }
  return [...filters].map(([filterPath, methods]) => ({ filterPath, methods }));
}

function passes({ outline }: OpenApiOperation, filter: agentcore.ApiGatewayToolFilter): boolean {
  return isBelow(outline.path, filter.filterPath) && filter.methods.some(({ value }) => value === outline.method);
}

function isMeant({ outline }: OpenApiOperation, override: agentcore.ApiGatewayToolOverride): boolean {
  return outline.path === override.path && outline.method === override.method.value;
}
