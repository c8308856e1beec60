import { jsonBytes } from '../../../lib/contract/canonical-json';
import { isWithinDepth, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import type { ArgumentLimits, ArgumentLimitsConfig, ArgumentRule } from '../../../lib/contract/steps/argument-limits';
import { selectsTool } from '../../../lib/contract/steps/selectors';
import type { StepFactory } from '../chain/configured-steps';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step } from '../chain/step';
import type { Call } from '../message/call';
import type { Matcher } from '../pattern/linear-matcher';
import { declaredArguments, type InputSchemas } from './known-arguments';

/** Bounds what a client may send to tools: sizes, depth, patterns, ranges, and arguments that no schema declares. */
export function argumentLimits(config: ArgumentLimitsConfig, schemas: InputSchemas): Step {
  const patterns = new Set(config.limits.flatMap(patternsOf));
  const declared = new Map<string, ReadonlySet<string>>();
  let matchers: Matchers | undefined = patterns.size === 0 ? new Map() : undefined;

  /** Names of arguments that no schema declares; those of known tools are remembered, whose number the configuration bounds. */
  function undeclared(args: JsonObject, tool: string): string[] {
    const names = declared.get(tool) ?? declaredArguments(schemas, tool);
    if (names !== undefined) declared.set(tool, names);
    return Object.keys(args).filter((name) => names?.has(name) !== true);
  }

  async function firstRequest(call: Call): Promise<StepOutcome> {
    // The engine for patterns is large: it loads with the first call, and only where there is a pattern.
    const { wholeMatcher } = await import('../pattern/linear-matcher.js');
    matchers = new Map([...patterns].map((pattern) => [pattern, wholeMatcher(pattern)]));
    return limited(call, matchers);
  }

  function limited(call: Call, known: Matchers): StepOutcome {
    if (call.kind !== 'tools/call') return proceed();
    let args = call.arguments;
    for (const entry of config.limits) {
      if (!selectsTool(entry.tools, call.tool.fullName)) continue;
      const unknown = entry.unknownArguments === undefined ? [] : undeclared(args, call.tool.fullName);
      if (entry.unknownArguments === 'deny' && unknown.length > 0) {
        return deny(
          'argument-limit',
          undefined,
          unknown.slice(0, 10).map((name) => `${shown(name)} is not declared`),
        );
      }
      if (entry.unknownArguments === 'drop' && unknown.length > 0) args = without(args, new Set(unknown));
      const broken = brokenLimits(args, entry, known);
      if (broken.length > 0) return deny('argument-limit', undefined, broken.slice(0, 10));
    }
    return args === call.arguments ? proceed() : proceed({ arguments: args });
  }

  return {
    name: 'argument-limits',
    request: (call) => (matchers === undefined ? firstRequest(call) : limited(call, matchers)),
  };
}

/** Matchers by the pattern they are made of. */
type Matchers = ReadonlyMap<string, Matcher>;

function patternsOf(limits: ArgumentLimits): string[] {
  return Object.values(limits.arguments ?? {}).flatMap(({ pattern }) => pattern ?? []);
}

function brokenLimits(args: JsonObject, limits: ArgumentLimits, matchers: Matchers): string[] {
  const broken: string[] = [];
  const { maxBytes, maxDepth, maxStringLength, maxItems } = limits;
  if (maxBytes !== undefined && jsonBytes(args) > maxBytes) broken.push('too many bytes');
  if (maxDepth !== undefined && !isWithinDepth(args, maxDepth)) broken.push('too deep');
  else if (!isWithinSizes(args, maxStringLength, maxItems)) broken.push('too long');
  // What is too large is not looked at any closer.
  if (broken.length > 0) return broken;
  for (const [name, rule] of Object.entries(limits.arguments ?? {})) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    // Null is an argument that is absent, as it is for the input check, for policies and for the tool kit. Whether it may be is the schema's word.
    const flaw = value === undefined || value === null ? undefined : flawOf(value, rule, matchers);
    if (flaw !== undefined) broken.push(`${shown(name)} ${flaw}`);
  }
  return broken;
}

function isWithinSizes(value: JsonValue, maxStringLength = Infinity, maxItems = Infinity): boolean {
  if (maxStringLength === Infinity && maxItems === Infinity) return true;
  if (typeof value === 'string') return value.length <= maxStringLength;
  if (typeof value !== 'object' || value === null) return true;
  const members = Array.isArray(value) ? value : Object.values(value);
  return members.length <= maxItems && members.every((member) => isWithinSizes(member, maxStringLength, maxItems));
}

/** A rule that cannot be applied to a value, such as a range to a text, is broken. */
function flawOf(value: JsonValue, rule: ArgumentRule, matchers: Matchers): string | undefined {
  const { maxLength, pattern, minimum, maximum, oneOf } = rule;
  if (maxLength !== undefined && !((typeof value === 'string' || Array.isArray(value)) && value.length <= maxLength)) {
    return 'is too long';
  }
  if (pattern !== undefined && !(typeof value === 'string' && matchers.get(pattern)?.(value) === true))
    return 'does not fit its pattern';
  if (minimum !== undefined && !(typeof value === 'number' && value >= minimum)) return 'is too small';
  if (maximum !== undefined && !(typeof value === 'number' && value <= maximum)) return 'is too large';
  if (oneOf !== undefined && !(oneOf as readonly JsonValue[]).includes(value))
    return 'is not one of the allowed values';
  return undefined;
}

function without(args: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.has(name)));
}

/** A name as the client wrote it, cut: it may be long. */
function shown(name: string): string {
  return name.slice(0, 64);
}

/** The step of a configuration. */
export const make: StepFactory<'argument-limits'> = (config, whole) => argumentLimits(config, whole.inputSchemas);
