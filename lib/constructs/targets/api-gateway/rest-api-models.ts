import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';

/** The models of a REST API of this app, as schemas of an OpenAPI document. */
export class RestApiModels {
  /** Schemas by the logical ids of their models. */
  readonly schemas: JsonObject;
  /** Logical ids by what a template may call a model: its literal name, or a `Ref` of it. */
  private readonly ids = new Map<string, string>();

  constructor(restApi: Construct) {
    const models = restApi.node.findAll().filter((child) => child instanceof apigateway.CfnModel);
    const sources = models.map((model) => {
      const stack = Stack.of(model);
      const id = stack.getLogicalId(model);
      this.ids.set(JSON.stringify({ Ref: id }), id);
      const name = stack.resolve(model.name) as JsonValue | undefined;
      if (name !== undefined) this.ids.set(JSON.stringify(name), id);
      return [id, stack.resolve(model.schema) as JsonValue] as const;
    });
    this.schemas = Object.fromEntries(sources.map(([id, schema]) => [id, this.withReferences(schema, id)]));
  }

  /** A reference to a model that a method names, or undefined for a model of somewhere else. */
  reference(model: JsonValue): JsonObject | undefined {
    const id = this.ids.get(JSON.stringify(model));
    return id === undefined ? undefined : { $ref: `#/components/schemas/${id}` };
  }

  /** References in a model name another one by its URL, or a definition inside it. */
  private withReferences(value: JsonValue, id: string): JsonValue {
    if (Array.isArray(value)) return value.map((item) => this.withReferences(item, id));
    if (!isJsonObject(value)) return value;
    const members = Object.entries(value).map(([name, member]) => {
      const isReference = name === '$ref' && (typeof member === 'string' || isIntrinsic(member));
      return [name, isReference ? this.pointer(member, id) : this.withReferences(member, id)] as const;
    });
    return Object.fromEntries(members);
  }

  private pointer(reference: JsonValue, id: string): string {
    const parts = partsOf(reference);
    const last = parts.at(-1) ?? '';
    const byName = typeof last === 'string' ? last.slice(last.lastIndexOf('/') + 1) : last;
    const model = this.ids.get(JSON.stringify(byName));
    if (model !== undefined) return `#/components/schemas/${model}`;
    if (typeof reference === 'string' && reference.startsWith('#'))
      return `#/components/schemas/${id}${reference.slice(1)}`;
    return parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  }
}

/** The pieces of a text that CloudFormation joins. */
function partsOf(value: JsonValue): JsonValue[] {
  const join = isJsonObject(value) ? value['Fn::Join'] : undefined;
  return Array.isArray(join) && Array.isArray(join[1]) ? join[1] : [value];
}

function isIntrinsic(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).every((key) => key === 'Ref' || key.startsWith('Fn::'));
}
