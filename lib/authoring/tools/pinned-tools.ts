import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { LIMITS } from '../../contract/limits';
import { classesOfTool, saidOfTool } from '../../contract/tool-classes/tool-classes';
import { GovernanceError } from '../../diagnostics/governance-error';

/** Where pinned tools came from, so that they can be asked for again. It holds no secret. */
export type ToolOrigin =
  | { readonly url: string }
  /** A program and its arguments, and the names of environment variables that it is given. */
  | { readonly command: readonly string[]; readonly environment?: readonly string[] };

/** A tool as its server described it. */
export interface PinnedTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
  readonly annotations?: JsonObject;
}

/** The file that an app's `ToolList.fromFile` reads: the tools, and beside them where they came from. */
export interface ToolPin {
  readonly origin: ToolOrigin;
  /** Whether the team believes what the annotations say. */
  readonly trustAnnotations: boolean;
  /** What the team says of tools, by name or by patterns such as `get_*`. */
  readonly classes: { readonly [nameOrPattern: string]: readonly string[] };
  readonly tools: readonly PinnedTool[];
}

/** Text of a pin. What a server orders differently each time is in one order here. */
export function pinText({ origin, trustAnnotations, classes, tools }: ToolPin): string {
  const sorted = [...tools].sort((one, other) => (one.name < other.name ? -1 : 1));
  return `${JSON.stringify({ origin, trustAnnotations, classes, tools: sorted }, undefined, 2)}\n`;
}

/**
 * Reads the text of a pin.
 *
 * @throws GovernanceError `TOOLS_PIN_INVALID`
 */
export function readPin(file: string, text: string): ToolPin {
  const invalid = (problem: string): GovernanceError => GovernanceError.of('TOOLS_PIN_INVALID', { file, problem });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw invalid('it is no JSON');
  }
  if (!isJsonObject(content)) throw invalid('it is no object');
  const origin = originOf(content['origin']);
  if (origin === undefined) throw invalid('it does not say where its tools came from');
  const { tools } = content;
  if (!Array.isArray(tools)) throw invalid('it has no list of tools');
  const classes = classesSaid(content['classes']);
  if (classes === undefined) throw invalid('its `classes` are no lists of names');
  return { origin, trustAnnotations: content['trustAnnotations'] === true, classes, tools: toolsOf(tools, file) };
}

function classesSaid(value: JsonValue | undefined = {}): ToolPin['classes'] | undefined {
  if (!isJsonObject(value)) return undefined;
  const lists = Object.entries(value).flatMap(([name, list]) => (isTexts(list) ? [[name, list] as const] : []));
  return lists.length === Object.keys(value).length ? Object.fromEntries(lists) : undefined;
}

/** The classes of a pinned tool: what its annotations say as far as they are believed, and what the team says. */
export function classesOfPinned(tool: PinnedTool, pin: Omit<ToolPin, 'origin' | 'tools'>): string[] {
  return classesOfTool(tool, pin.trustAnnotations ? 'trusted' : 'foreign', saidOfTool(pin.classes, tool.name));
}

function originOf(origin: JsonValue | undefined): ToolOrigin | undefined {
  if (!isJsonObject(origin)) return undefined;
  const { url, command, environment = [] } = origin;
  if (typeof url === 'string') return { url };
  if (!isTexts(command) || command.length === 0 || !isTexts(environment)) return undefined;
  return { command, ...(environment.length > 0 && { environment }) };
}

function isTexts(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/**
 * Tools of an answer to `tools/list`, with what is needed of them.
 * @param source the server or file, for findings
 * @throws GovernanceError `TOOLS_ANSWER_INVALID`
 */
export function toolsOf(tools: readonly JsonValue[], source: string): PinnedTool[] {
  const read = tools.map((tool, index) => toolOf(tool, index, source));
  const names = new Set<string>();
  for (const { name } of read) {
    if (names.has(name)) throw invalidAnswer(source, `it has two tools \`${inLine(name)}\``);
    names.add(name);
  }
  return read;
}

/** Letters, digits and the few signs that the MCP specification recommends for names of tools. */
const NAME = /^[A-Za-z0-9_.\-/]+$/;

function toolOf(tool: JsonValue, index: number, source: string): PinnedTool {
  const { name, description, inputSchema, outputSchema, annotations } = isJsonObject(tool) ? tool : {};
  if (typeof name !== 'string' || !isJsonObject(inputSchema)) {
    throw invalidAnswer(source, `entry ${index + 1} is no tool with \`name\` and \`inputSchema\``);
  }
  if (!NAME.test(name) || name.length > LIMITS.toolNameMaxLength) {
    throw invalidAnswer(source, `entry ${index + 1} has the name \`${inLine(name)}\`, which is none for a tool`);
  }
  return {
    name,
    ...(typeof description === 'string' && { description }),
    inputSchema,
    ...(isJsonObject(outputSchema) && { outputSchema }),
    ...(isJsonObject(annotations) && { annotations }),
  };
}

export function invalidAnswer(source: string, problem: string): GovernanceError {
  return GovernanceError.of('TOOLS_ANSWER_INVALID', { source, problem });
}

/** A text of somebody else on one line of a terminal: without control and formatting characters, and not endless. */
export function inLine(text: string, max = 80): string {
  const plain = text
    .slice(0, 4 * max)
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}`]+/gu, ' ')
    .trim();
  return plain.length > max ? `${plain.slice(0, max - 3)}...` : plain;
}
