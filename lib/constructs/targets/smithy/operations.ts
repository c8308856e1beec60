import type { JsonObject, JsonValue } from '../../../contract/json';
import type { DeclaredTool } from '../../../contract/published-schema';
import { classesOfSmithy } from '../../../contract/tool-classes/operations';
import { listOf, objectOf, textOf } from '../source/members';
import type { SelectableOperation } from '../source/operation-filter';
import { withheld } from '../source/withheld-parameters';
import { LIFECYCLE, type SmithyShapes, targetOf, traitsOf } from './shapes';

/** An operation of a model. */
export interface SmithyOperation extends SelectableOperation {
  /** Absolute id of its shape. */
  readonly id: string;
  /** Why the gateway cannot make a tool of it. */
  readonly unsupported: readonly string[];
  readonly tool: () => DeclaredTool;
}

/** The operations that are bound to a service, directly or by a resource. */
export function operationsOf(shapes: SmithyShapes): SmithyOperation[] {
  const services = shapes.ofType('service');
  const bound = new Set(services.flatMap(({ shape }) => boundTo(shapes, shape, new Set())));
  return [...bound].map((id) => {
    const operation = shapes.get(id);
    const traits = traitsOf(operation);
    const http = objectOf(traits['smithy.api#http']);
    const name = id.slice(id.indexOf('#') + 1);
    const input = targetOf(operation['input']);
    const tags = listOf(traits['smithy.api#tags']).filter((tag) => typeof tag === 'string');
    const method = textOf(http['method']);
    return {
      id,
      name,
      operationId: name,
      tags,
      method,
      path: textOf(http['uri']),
      unsupported: problemsOf(shapes, operation),
      tool: () => ({
        name,
        description: shapes.documentation(operation) ?? name,
        inputSchema: shapes.inputSchema(input),
        classes: classesOfSmithy(traits, { method, tags }),
      }),
    };
  });
}

function boundTo(shapes: SmithyShapes, holder: JsonObject, seen: Set<string>): string[] {
  const lifecycle = LIFECYCLE.map((name) => targetOf(holder[name])).filter((id) => id !== undefined);
  const bound = [...targetsOf(holder['operations']), ...targetsOf(holder['collectionOperations'])];
  const resources = targetsOf(holder['resources']).filter((id) => !seen.has(id));
  for (const id of resources) seen.add(id);
  return [...bound, ...lifecycle, ...resources.flatMap((id) => boundTo(shapes, shapes.get(id), seen))];
}

function targetsOf(value: JsonValue | undefined): string[] {
  return listOf(value)
    .map(targetOf)
    .filter((id) => id !== undefined);
}

/** Source: developer guide, page gateway-building-smithy-targets (streaming is unsupported, header bindings for simple cases). */
function problemsOf(shapes: SmithyShapes, operation: JsonObject): string[] {
  const problems = 'smithy.api#http' in traitsOf(operation) ? [] : ['it has no `http` trait'];
  const input = shapes.membersOf(shapes.get(targetOf(operation['input']) ?? ''));
  const output = shapes.membersOf(shapes.get(targetOf(operation['output']) ?? ''));
  for (const [name, member] of [...input, ...output]) {
    const streams = 'smithy.api#streaming' in traitsOf(shapes.get(targetOf(member) ?? ''));
    if (streams) problems.push(`\`${name}\` is a stream`);
  }
  for (const [name, member] of input) {
    const { 'smithy.api#httpHeader': header, 'smithy.api#httpPrefixHeaders': prefix } = traitsOf(member);
    if (prefix !== undefined) problems.push(`\`${name}\` holds headers of any name`);
    if (typeof header !== 'string' || withheld('header', header) !== 'credential') continue;
    problems.push(`\`${name}\` is sent as header \`${header}\``);
  }
  return problems;
}
