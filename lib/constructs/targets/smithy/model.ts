import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import type { DeclaredTool } from '../../../contract/published-schema';
import { diagnostic } from '../../../diagnostics/diagnostic';
import { readObject } from '../source/read-document';
import type { Declaration } from '../source/tool-source';
import { SmithyShapes, targetOf } from './shapes';

/** A Smithy model of the app, in the JSON AST form that the service takes. */
export class SmithyModel {
  private readonly shapes: SmithyShapes;
  private readonly isModel: boolean;

  /** Throws a GovernanceError when the file is missing or no JSON object. */
  constructor(private readonly file: string) {
    const model = readObject(file);
    const { shapes } = model;
    this.isModel = typeof model['smithy'] === 'string' && isJsonObject(shapes);
    this.shapes = new SmithyShapes(isJsonObject(shapes) ? shapes : {});
  }

  /** One tool for each operation that is bound to a service, directly or by a resource. */
  declare(): Declaration {
    if (!this.isModel) return { tools: [], findings: [diagnostic('TARGET_SMITHY_FORM', { file: this.file })] };
    const services = this.shapes.ofType('service');
    if (services.length === 0)
      return { tools: [], findings: [diagnostic('TARGET_SMITHY_SERVICE', { file: this.file })] };
    const operations = new Set(services.flatMap(({ shape }) => this.operationsOf(shape, new Set())));
    return { tools: [...operations].map((id) => this.toolOf(id)) };
  }

  private operationsOf(holder: JsonObject, seen: Set<string>): string[] {
    const lifecycle = ['create', 'put', 'read', 'update', 'delete', 'list'].map((name) => targetOf(holder[name]));
    const bound = [...targetsOf(holder['operations']), ...targetsOf(holder['collectionOperations'])];
    const resources = targetsOf(holder['resources']).filter((id) => !seen.has(id));
    for (const id of resources) seen.add(id);
    return [
      ...bound,
      ...lifecycle.filter((id) => id !== undefined),
      ...resources.flatMap((id) => this.operationsOf(this.shapes.get(id), seen)),
    ];
  }

  private toolOf(id: string): DeclaredTool {
    const operation = this.shapes.get(id);
    const name = id.slice(id.indexOf('#') + 1);
    return {
      name,
      description: this.shapes.documentation(operation) ?? name,
      inputSchema: this.shapes.inputSchema(targetOf(operation['input'])),
    };
  }
}

function targetsOf(value: JsonValue | undefined): string[] {
  const targets = Array.isArray(value) ? value.map(targetOf) : [];
  return targets.filter((id) => id !== undefined);
}
