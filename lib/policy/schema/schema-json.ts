import {
  type CedarAttributes,
  type CedarRecord,
  type CedarType,
  NULL_ENTITY,
  UNKNOWN_ENTITY,
} from '../../contract/arguments/cedar-type';
import { IAM_ENTITY, OAUTH_USER, UNAUTHENTICATED_USER } from '../../contract/claims';
import { classAction } from '../../contract/tool-classes/names';
import type { NamespaceDefinition, SchemaJson, Type } from '../cedar/cedar';
import type { CatalogTarget } from './catalog-target';
import { Identifiers } from './identifier';
import { ACTION_CALL_TOOL, ACTION_ROOT } from './platform-entities';

/** A tool of the catalog with what Cedar knows about it. */
export interface ToolSchema {
  readonly target: string;
  /** Bare name. */
  readonly tool: string;
  /** Full name, which is the action's. */
  readonly action: string;
  /** What policies may say of it and of others at once. */
  readonly classes: readonly string[];
  /** Types of the arguments; empty for a tool whose schema is invalid. */
  readonly input: CedarRecord;
}

const PRINCIPALS = [OAUTH_USER, IAM_ENTITY, UNAUTHENTICATED_USER].map((type) => type.slice('AgentCore::'.length));

/**
 * The shape of the platform's schema, contract and developer guide: tool in target in CallTool in Mcp. Groups of classes stand beside the
 * targets. The service knows none of them: what is deployed names the tools.
 * @param classes names of the classes that there are, with tools or without
 */
export function schemaJson(
  targets: readonly CatalogTarget[],
  tools: readonly ToolSchema[],
  classes: Iterable<string> = [],
): SchemaJson<string> {
  const identifiers = new Identifiers();
  const rendering = new Rendering();
  const id: Type<string> = { type: 'Record', attributes: { id: named('String') } };
  const actions: [string, NamespaceDefinition<string>['actions'][string]][] = [
    [ACTION_ROOT, {}],
    [ACTION_CALL_TOOL, { memberOf: [{ id: ACTION_ROOT }] }],
  ];
  const names = new Set([ACTION_ROOT, ACTION_CALL_TOOL]);
  for (const { name } of targets) {
    if (!names.has(name)) actions.push([name, { memberOf: [{ id: ACTION_CALL_TOOL }] }]);
    names.add(name);
  }
  const commonTypes: [string, Type<string>][] = [
    [identifiers.of('System'), { type: 'Record', attributes: { now: named('datetime') } }],
  ];
  for (const name of classes) actions.push([classAction(name), {}]);
  for (const { target, action, input, classes: own } of tools) {
    const typeName = identifiers.of(`${action}_Input`);
    commonTypes.push([typeName, rendering.type(input)]);
    const context: Type<string> = {
      type: 'Record',
      attributes: {
        input: named(typeName),
        system: named('System'),
      },
    };
    const appliesTo = { principalTypes: [...PRINCIPALS], resourceTypes: ['Gateway'], context };
    const groups = [target, ...own.map(classAction)];
    actions.push([action, { memberOf: groups.map((group) => ({ id: group })), appliesTo }]);
  }
  const entityTypes = {
    Gateway: {},
    OAuthUser: { shape: id, tags: named('String') },
    IamEntity: { shape: id },
    UnauthenticatedUser: {},
    ...(rendering.usesNull ? { Null: {} } : {}),
    ...(rendering.usesUnknown ? { Unknown: {} } : {}),
  };
  const agentCore = { commonTypes: Object.fromEntries(commonTypes), entityTypes, actions: Object.fromEntries(actions) };
  return { AgentCore: agentCore, ...rendering.namespaces() };
}

/** Turns types of arguments into Cedar's JSON form, and collects the entity types that they need. */
class Rendering {
  usesNull = false;
  usesUnknown = false;
  private readonly entities = new Map<string, NamespaceDefinition<string>['entityTypes'][string]>();

  type(type: CedarType): Type<string> {
    switch (type.kind) {
      case 'string':
        return named('String');
      case 'long':
        return named('Long');
      case 'bool':
        return named('Bool');
      case 'decimal':
      case 'datetime':
      case 'duration':
      case 'ipaddr':
        return named(type.kind);
      case 'decimal-string':
        return named('decimal');
      case 'set':
        return { type: 'Set', element: this.type(type.element) };
      case 'record':
        return this.record(type.attributes);
      case 'choice':
        return this.numbered('typeChoice', type.choices, false);
      case 'tuple':
        return this.numbered('proj', type.items, true);
      case 'enum':
        return this.entity(type.entity, { enum: [...type.values] });
      case 'tagged':
        return this.entity(type.entity, { shape: this.record(type.attributes), tags: this.type(type.tags) });
      case 'null':
        this.usesNull = true;
        return { type: 'Entity', name: NULL_ENTITY };
      case 'unknown':
        this.usesUnknown = true;
        return { type: 'Entity', name: UNKNOWN_ENTITY };
    }
  }

  namespaces(): SchemaJson<string> {
    const members = new Map<string, [string, NamespaceDefinition<string>['entityTypes'][string]][]>();
    for (const [name, definition] of this.entities) {
      const at = name.lastIndexOf('::');
      const namespace = name.slice(0, at);
      members.set(namespace, [...(members.get(namespace) ?? []), [name.slice(at + 2), definition]]);
    }
    return Object.fromEntries(
      [...members].map(([namespace, types]) => [namespace, { entityTypes: Object.fromEntries(types), actions: {} }]),
    );
  }

  private record(attributes: CedarAttributes): Type<string> {
    const members = [...attributes].map(
      ([name, { type, required }]) => [name, { ...this.type(type), required }] as const,
    );
    return { type: 'Record', attributes: Object.fromEntries(members) };
  }

  private numbered(prefix: string, types: readonly CedarType[], required: boolean): Type<string> {
    return this.record(new Map(types.map((type, index) => [`${prefix}${index}`, { type, required }])));
  }

  private entity(name: string, definition: NamespaceDefinition<string>['entityTypes'][string]): Type<string> {
    this.entities.set(name, definition);
    return { type: 'Entity', name };
  }
}

/** By name, as a person would write it; the explicit form prints `__cedar::String`. */
function named(name: string): Type<string> {
  return { type: 'EntityOrCommon', name };
}
