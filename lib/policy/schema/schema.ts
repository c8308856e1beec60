import type { CedarRecord, CedarType } from '../../contract/arguments/cedar-type';
import { CEDAR_ESCAPES } from '../../contract/arguments/cedar-type';
import type { KeptTypes } from '../../contract/manifest';
import { BASE_CLASSES } from '../../contract/tool-classes/names';
import { joinToolName } from '../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { ask, CedarFailure, type SchemaJson } from '../cedar/cedar';
import type { CatalogTarget, PlatformSwitches } from './catalog-target';
import { Identifiers } from './identifier';
import { type AskedTool, keptTypes, rememberedAnswer } from './kept-types';
import { lostArguments } from './lost-arguments';
import { ACTION_CALL_TOOL, ACTION_ROOT } from './platform-entities';
import { SchemaEncoding, SchemaProblem } from './schema-encoding';
import { schemaJson, type ToolSchema } from './schema-json';
import { generatedTypes, inputTypes } from './schema-types';

export interface GeneratedSchema {
  /** In Cedar's JSON form. */
  readonly json: SchemaJson<string>;
  /** As a `.cedarschema` file, for editors and the Cedar command line. */
  readonly text: string;
  readonly diagnostics: Diagnostic[];
  /** By full name, in the order of the catalog. */
  readonly tools: ReadonlyMap<string, ToolSchema>;
  /** The classes that policies may name: the base set, those of the tools, and those that the team declares. */
  readonly classes: ReadonlySet<string>;
  /** Full names of the tools that nobody may call: excluded ones, and those whose arguments have no Cedar type. */
  readonly denied: ReadonlySet<string>;
}

const NO_ARGUMENTS: CedarRecord = { kind: 'record', attributes: new Map() };

/**
 * The Cedar schema that AgentCore makes of a gateway's tools, as far as it is known. A tool whose schema has
 * no Cedar type stops no other: it gives a diagnostic, an action without arguments, and is denied.
 *
 * @example
 * const { text } = generateSchema(targets);
 */
export function generateSchema(
  targets: readonly CatalogTarget[],
  switches: PlatformSwitches = {},
  toolClasses: readonly string[] = [],
): GeneratedSchema {
  const { schema, text } = generated(targets, switches, toolClasses);
  return {
    ...schema,
    diagnostics: [...schema.diagnostics],
    get text() {
      return text();
    },
  };
}

/** What a manifest keeps of the schema. Undefined where a tool was refused: the generator, or Cedar, is asked about each then. */
export function typesToKeep(
  targets: readonly CatalogTarget[],
  toolClasses: readonly string[] = [],
): KeptTypes | undefined {
  return generated(targets, {}, toolClasses).kept();
}

function generated(
  targets: readonly CatalogTarget[],
  switches: PlatformSwitches,
  toolClasses: readonly string[],
): Generated {
  const key = JSON.stringify([switches.enums, switches.unknownArguments, toolClasses, targets]);
  const known = remembered.get(key) ?? generate(targets, switches, toolClasses);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, known);
  return known;
}

/** The same tools are asked about again and again: by synth, by every mutant of a policy set, at every reload. */
const REMEMBERED = 16;
const remembered = new Map<string, Generated>();

/** Text is written for those who ask: to decide a call needs none, and it takes a third of making the schema. */
interface Generated {
  readonly schema: Omit<GeneratedSchema, 'text'>;
  readonly text: () => string;
  readonly kept: () => KeptTypes | undefined;
}

function generate(
  targets: readonly CatalogTarget[],
  switches: PlatformSwitches,
  toolClasses: readonly string[],
): Generated {
  const diagnostics: Diagnostic[] = [];
  const denied = new Set(excluded(targets));
  const { typed, asked, answer, isRemembered } = typedTools(targets, switches, diagnostics, denied);
  const classes = new Set([...BASE_CLASSES, ...[...toolClasses, ...typed.flatMap((tool) => tool.classes)].sort()]);
  const whole = schemaJson(targets, typed, classes);
  const takesAll = isRemembered || isReadable(whole);
  const tools = takesAll ? typed : typed.map((tool) => readable(targets, tool, diagnostics, denied));
  const json = takesAll ? whole : schemaJson(targets, tools, classes);
  let written: string | undefined;
  const text = (): string => {
    written ??= schemaText(json);
    return written;
  };
  let held: KeptTypes | undefined;
  const kept = (): KeptTypes | undefined => {
    if (takesAll && answer !== undefined) held ??= keptTypes(asked, answer);
    return held;
  };
  const byName = new Map(tools.map((tool) => [tool.action, tool]));
  return { schema: { json, diagnostics, denied, classes, tools: byName }, text, kept };
}

/** The tool, or the tool without its arguments when Cedar refuses the types that were made of them. */
function readable(
  targets: readonly CatalogTarget[],
  tool: ToolSchema,
  diagnostics: Diagnostic[],
  denied: Set<string>,
): ToolSchema {
  if (isReadable(schemaJson(targets, [tool], tool.classes))) return tool;
  denied.add(tool.action);
  diagnostics.push(diagnostic('SCHEMA_TOOL_INVALID', { tool: tool.action, reason: 'Cedar refuses its types' }));
  return { ...tool, input: NO_ARGUMENTS };
}

interface NamedTool {
  readonly target: string;
  readonly tool: string;
  readonly action: string;
  readonly classes: readonly string[];
  readonly schema: CatalogTarget['tools'][number]['inputSchema'];
}

function excluded(targets: readonly CatalogTarget[]): string[] {
  return targets.flatMap(({ name, excludedTools = [] }) => excludedTools.map((tool) => joinToolName(name, tool)));
}

/** The tools of the catalog under distinct names. */
function namedTools(targets: readonly CatalogTarget[], diagnostics: Diagnostic[]): NamedTool[] {
  const named = new Map<string, NamedTool>();
  const seen = new Set<string>();
  for (const target of targets) {
    const isReserved = target.name === ACTION_ROOT || target.name === ACTION_CALL_TOOL;
    if (isReserved) diagnostics.push(diagnostic('SCHEMA_TARGET_RESERVED', { target: target.name }));
    else if (seen.has(target.name)) diagnostics.push(diagnostic('SCHEMA_TARGET_DUPLICATE', { target: target.name }));
    seen.add(target.name);
    for (const tool of isReserved ? [] : target.tools) {
      const action = joinToolName(target.name, tool.name);
      if (named.has(action)) diagnostics.push(diagnostic('SCHEMA_TOOL_DUPLICATE', { tool: action }));
      else
        named.set(action, {
          target: target.name,
          tool: tool.name,
          action,
          classes: tool.classes ?? [],
          schema: tool.inputSchema,
        });
    }
  }
  return [...named.values()];
}

function typedTools(
  targets: readonly CatalogTarget[],
  switches: PlatformSwitches,
  diagnostics: Diagnostic[],
  denied: Set<string>,
): TypedTools {
  const encoding = new SchemaEncoding(switches.enums ?? 'string');
  const identifiers = new Identifiers();
  const refused: Refusals = { diagnostics, denied };
  const tools = namedTools(targets, diagnostics).map((named) => {
    const tool = denied.has(named.action) ? { ...named, schema: { type: 'object' } } : named;
    const namespace = `AgentCore::${identifiers.of(tool.action)}::Input`;
    return { ...tool, namespace, encoded: attempt(tool.action, refused, () => encoding.encode(tool.schema)) };
  });
  for (const { action, schema, encoded } of tools)
    if (encoded) diagnostics.push(...lostArguments(action, schema, switches));
  const encoded = tools.flatMap((tool) =>
    tool.encoded ? [{ ...tool, declared: tool.schema, schema: tool.encoded }] : [],
  );
  const inputs = new Map<string, CedarRecord>();
  for (const tool of encoded) inputs.set(tool.action, NO_ARGUMENTS);
  const known = rememberedAnswer(encoded);
  let answer = known;
  try {
    answer ??= generatedTypes(encoded);
    for (const [index, input] of inputTypes(encoded, encoding, answer).entries())
      inputs.set(encoded[index]?.action ?? '', input);
  } catch (error) {
    if (!(error instanceof SchemaProblem || error instanceof CedarFailure)) throw error;
    answer = undefined;
    // The generator names no tool when it refuses one, so that each is asked about alone.
    for (const tool of encoded) {
      const input = attempt(tool.action, refused, () => inputTypes([tool], encoding, generatedTypes([tool]))[0]);
      if (input) inputs.set(tool.action, input);
    }
  }
  const typed = tools.map(({ target, tool, action, classes }): ToolSchema => {
    const input = inputs.get(action) ?? NO_ARGUMENTS;
    const escapes = escapesIn(input);
    for (const name of escapes) diagnostics.push(diagnostic('SCHEMA_PROPERTY_RESERVED', { tool: action, name }));
    if (escapes.length > 0) denied.add(action);
    return { target, tool, action, classes, input: escapes.length > 0 ? NO_ARGUMENTS : input };
  });
  return { typed, asked: encoded, answer, isRemembered: known !== undefined };
}

interface TypedTools {
  readonly typed: readonly ToolSchema[];
  readonly asked: readonly AskedTool[];
  /** The generator's, about all tools; undefined where it refused. */
  readonly answer: string | undefined;
  readonly isRemembered: boolean;
}

/** Where tools go whose arguments have no Cedar type. */
interface Refusals {
  readonly diagnostics: Diagnostic[];
  readonly denied: Set<string>;
}

function attempt<T>(tool: string, { diagnostics, denied }: Refusals, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SchemaProblem || error instanceof CedarFailure)) throw error;
    denied.add(tool);
    diagnostics.push(diagnostic('SCHEMA_TOOL_INVALID', { tool, reason: error.message }));
    return undefined;
  }
}

/** Property names that Cedar's JSON form would take for an escape. */
function escapesIn(type: CedarType): string[] {
  switch (type.kind) {
    case 'record':
    case 'tagged':
      return [...type.attributes].flatMap(([name, { type: inner }]) => [
        ...(CEDAR_ESCAPES.has(name) ? [name] : []),
        ...escapesIn(inner),
      ]);
    case 'set':
      return escapesIn(type.element);
    case 'choice':
      return type.choices.flatMap(escapesIn);
    case 'tuple':
      return type.items.flatMap(escapesIn);
    default:
      return [];
  }
}

/** Whether Cedar can use a schema: text can be made of some that it cannot, such as a record of 9,000 attributes, which overflows its stack. */
function isReadable(json: SchemaJson<string>): boolean {
  try {
    return ask((cedar) => cedar.checkParseSchema(json)).type === 'success';
  } catch (error) {
    if (!(error instanceof CedarFailure)) throw error;
    return false;
  }
}

/** The schema as a file. Throws a {@link CedarFailure} when Cedar can use it and not write it, which was never seen. */
function schemaText(json: SchemaJson<string>): string {
  const answer = ask((cedar) => cedar.schemaToText(json));
  if (answer.type === 'failure') throw new CedarFailure(answer.errors.map(({ message }) => message).join('; '));
  return answer.text;
}
