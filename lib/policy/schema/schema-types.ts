import {
  type CedarAttributes,
  type CedarRecord,
  type CedarType,
  NULL_ENTITY,
  UNKNOWN_ENTITY,
} from '../../contract/arguments/cedar-type';
import type { JsonObject } from '../../contract/json';
import { askGenerator, type NamespaceDefinition, type SchemaJson } from '../cedar/cedar';
import { isIdentifier } from './identifier';
import { DECIMAL_STRING, type SchemaEncoding, SchemaProblem } from './schema-encoding';

/** The least that the generator needs to know of the world around the tools. */
const STUB = `namespace AgentCore {
  @mcp_principal
  entity OAuthUser;
  @mcp_resource
  entity Gateway;
  action "CallTool" appliesTo { principal: [OAuthUser], resource: [Gateway] };
}`;

/** AgentCore's mapping: JSON numbers are decimals, objects are records. Source: developer guide, page policy-schema-constraints. */
const OPTIONS = JSON.stringify({ numbersAsDecimal: true, objectsAsRecords: true });

const NULL: CedarType = { kind: 'null' };
const UNKNOWN: CedarType = { kind: 'unknown' };

/** An encoded schema with the Cedar entity type prefix for entities that its arguments need. */
export interface EncodedTool {
  readonly schema: JsonObject;
  /** Namespace of entity types that only this tool has. */
  readonly namespace: string;
}

/** The official generator's answer about encoded tools, as JSON text. Throws a {@link SchemaProblem} when it refuses one of them. */
export function generatedTypes(tools: readonly EncodedTool[]): string {
  const described = tools.map((tool, index) => ({ name: `t${index}`, description: '', inputSchema: tool.schema }));
  const answer = askGenerator(
    (generator) =>
      JSON.parse(generator.generateSchema(STUB, JSON.stringify(described), OPTIONS)) as {
        error: string | null;
        schemaJson: string | null;
      },
  );
  if (answer.schemaJson === null) throw new SchemaProblem(answer.error ?? 'the schema generator refuses it');
  return answer.schemaJson;
}

/**
 * Cedar types of the arguments of encoded tools, as the official generator maps them, in the order of the tools.
 * @param answer of {@link generatedTypes}
 */
export function inputTypes(tools: readonly EncodedTool[], encoding: SchemaEncoding, answer: string): CedarRecord[] {
  const json = JSON.parse(answer) as SchemaJson<string>;
  return tools.map((tool, index) => {
    const decoder = new Decoder(json, encoding, tool.namespace);
    return { kind: 'record', attributes: decoder.attributes(json['AgentCore']?.commonTypes?.[`t${index}Input`]) };
  });
}

/** A type in the generator's JSON. */
interface GeneratedType {
  readonly type?: string;
  readonly name?: string;
  readonly element?: GeneratedType;
  readonly attributes?: { readonly [name: string]: GeneratedType & { readonly required?: boolean } };
}

class Decoder {
  constructor(
    private readonly json: SchemaJson<string>,
    private readonly encoding: SchemaEncoding,
    private readonly namespace: string,
  ) {}

  attributes(type: GeneratedType | undefined): CedarAttributes {
    const attributes = Object.entries(type?.attributes ?? {}).map(([code, attribute]) => {
      const decoded = this.type(attribute);
      const required = attribute.required !== false && !takesNull(decoded);
      return [this.encoding.nameOf(code) ?? code, { type: decoded, required }] as const;
    });
    return new Map(attributes.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private type(type: GeneratedType): CedarType {
    if (type.type === 'Set') return { kind: 'set', element: type.element ? this.type(type.element) : UNKNOWN };
    if (type.type === 'Record') return this.record(type);
    return this.named(type.name ?? type.type ?? '');
  }

  private named(name: string): CedarType {
    switch (name) {
      case 'String':
        return { kind: 'string' };
      case 'Long':
        return { kind: 'long' };
      case 'Bool':
      case 'Boolean':
        return { kind: 'bool' };
      case 'decimal':
      case 'datetime':
      case 'duration':
      case 'ipaddr':
        return { kind: name };
      case NULL_ENTITY:
        return NULL;
      case UNKNOWN_ENTITY:
        return UNKNOWN;
      default:
        return this.defined(name);
    }
  }

  /** A type that the generator defined: nested records become part of the record around them, as AgentCore shows them. */
  private defined(name: string): CedarType {
    const at = name.lastIndexOf('::');
    const namespace: NamespaceDefinition<string> | undefined = this.json[name.slice(0, at)];
    const local = name.slice(at + 2);
    const common = namespace?.commonTypes?.[local];
    if (common) return this.type(common as GeneratedType);
    const entity = namespace?.entityTypes[local];
    if (entity === undefined) throw new SchemaProblem(`the schema generator made a type that it does not define`);
    const restored = this.entityName(name);
    if ('enum' in entity) {
      const isDecimal = entity.enum.length === 1 && entity.enum[0] === DECIMAL_STRING;
      return isDecimal ? { kind: 'decimal-string' } : { kind: 'enum', entity: restored, values: entity.enum };
    }
    const tags = entity.tags as GeneratedType | undefined;
    const attributes = this.attributes(entity.shape as GeneratedType | undefined);
    return { kind: 'tagged', entity: restored, attributes, tags: tags ? this.type(tags) : UNKNOWN };
  }

  private record(type: GeneratedType): CedarType {
    const members = Object.entries(type.attributes ?? {});
    const numbered = (prefix: string): CedarType[] | undefined => {
      if (members.length === 0 || !members.every(([name]) => name.startsWith(prefix))) return undefined;
      const order = (name: string): number => Number(name.slice(prefix.length));
      return members.sort(([a], [b]) => order(a) - order(b)).map(([, member]) => this.type(member));
    };
    const choices = numbered('typeChoice');
    if (choices) return { kind: 'choice', choices };
    const items = numbered('proj');
    return items ? { kind: 'tuple', items } : { kind: 'record', attributes: this.attributes(type) };
  }

  /** `AgentCore::t3::Input::p1::p2` with the tool's namespace and the properties' names, as far as Cedar identifiers allow. */
  private entityName(name: string): string {
    const steps = name.split('::').slice(3);
    const restored = steps.map((step) => {
      const property = this.encoding.nameOf(step);
      if (property === undefined) return step;
      return isTypeName(property) ? property : `_${property.replace(/[^A-Za-z0-9_]/g, '_')}_${step}`;
    });
    return [this.namespace, ...restored].join('::');
  }
}

/** Names that Cedar keeps for its own types. */
const OWN_TYPES: ReadonlySet<string> = new Set(
  'Bool Boolean Entity Extension Long Record Set String datetime decimal duration ipaddr'.split(' '),
);

function isTypeName(name: string): boolean {
  return isIdentifier(name) && !OWN_TYPES.has(name);
}

/** Null arguments are left out, so that what may be null is optional to Cedar. */
function takesNull(type: CedarType): boolean {
  return type.kind === 'null' || (type.kind === 'choice' && type.choices.some(takesNull));
}
