import { isWithinDepth, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import type { ArgumentLimits, ArgumentLimitsConfig, ArgumentRule } from '../../../lib/contract/steps/argument-limits';
import { selectsTool } from '../../../lib/contract/steps/selectors';
import { deny, type Outcome, proceed } from '../chain/outcome';
import type { Step } from '../chain/step';
import type { Call } from '../message/call';
import { declaredArguments, type InputSchemas } from './known-arguments';

/** Bounds what a client may send to tools: sizes, depth, patterns, ranges, and arguments that no schema declares. */
export function argumentLimits(config: ArgumentLimitsConfig, schemas: InputSchemas): Step {
  const limits = config.limits.map((entry) => ({ ...entry, patterns: compile(entry) }));

  function request(call: Call): Outcome {
    if (call.kind !== 'tools/call') return proceed();
    let args = call.arguments;
    for (const entry of limits) {
      if (!selectsTool(entry.tools, call.tool.name)) continue;
      const known = declaredArguments(schemas, call.tool.name);
      const unknown = Object.keys(args).filter((name) => known?.has(name) !== true);
      if (entry.unknownArguments === 'deny' && unknown.length > 0) {
        return deny(
          'argument-limit',
          undefined,
          unknown.slice(0, 10).map((name) => `${shown(name)} is not declared`),
        );
      }
      if (entry.unknownArguments === 'drop' && unknown.length > 0) args = without(args, unknown);
      const broken = brokenLimits(args, entry, entry.patterns);
      if (broken.length > 0) return deny('argument-limit', undefined, broken.slice(0, 10));
    }
    return args === call.arguments ? proceed() : proceed({ arguments: args });
  }

  return { name: 'argument-limits', request };
}

type Patterns = ReadonlyMap<string, RegExp>;

function compile(limits: ArgumentLimits): Patterns {
  const rules = Object.entries(limits.arguments ?? {});
  return new Map(rules.flatMap(([name, { pattern }]) => (pattern === undefined ? [] : [[name, wholeMatch(pattern)]])));
}

/** By itself the pattern must be one too: `a)|(?:b` would leave the group, and match parts. Throws for what is none. */
function wholeMatch(pattern: string): RegExp {
  const { source } = new RegExp(pattern, 'u');
  return new RegExp(`^(?:${source})$`, 'u');
}

function brokenLimits(args: JsonObject, limits: ArgumentLimits, patterns: Patterns): string[] {
  const broken: string[] = [];
  const { maxBytes, maxDepth, maxStringLength, maxItems } = limits;
  if (maxBytes !== undefined && Buffer.byteLength(JSON.stringify(args), 'utf8') > maxBytes)
    broken.push('too many bytes');
  if (maxDepth !== undefined && !isWithinDepth(args, maxDepth)) broken.push('too deep');
  else if (!isWithinSizes(args, maxStringLength ?? Infinity, maxItems ?? Infinity)) broken.push('too long');
  for (const [name, rule] of Object.entries(limits.arguments ?? {})) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    // Null is an argument that is absent, as it is for the input check, for policies and for the tool kit. Whether it may be is the schema's word.
    const flaw = value === undefined || value === null ? undefined : flawOf(value, rule, patterns.get(name));
    if (flaw !== undefined) broken.push(`${shown(name)} ${flaw}`);
  }
  return broken;
}

function isWithinSizes(value: JsonValue, maxStringLength: number, maxItems: number): boolean {
  if (typeof value === 'string') return value.length <= maxStringLength;
  if (typeof value !== 'object' || value === null) return true;
  const members = Array.isArray(value) ? value : Object.values(value);
  return members.length <= maxItems && members.every((member) => isWithinSizes(member, maxStringLength, maxItems));
}

/** A rule that cannot be applied to a value, such as a range to a text, is broken. */
function flawOf(value: JsonValue, rule: ArgumentRule, pattern: RegExp | undefined): string | undefined {
  const { maxLength, minimum, maximum, oneOf } = rule;
  if (maxLength !== undefined && !((typeof value === 'string' || Array.isArray(value)) && value.length <= maxLength)) {
    return 'is too long';
  }
  if (pattern !== undefined && !(typeof value === 'string' && pattern.test(value))) return 'does not fit its pattern';
  if (minimum !== undefined && !(typeof value === 'number' && value >= minimum)) return 'is too small';
  if (maximum !== undefined && !(typeof value === 'number' && value <= maximum)) return 'is too large';
  if (oneOf !== undefined && !(oneOf as readonly JsonValue[]).includes(value))
    return 'is not one of the allowed values';
  return undefined;
}

function without(args: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}

/** A name as the client wrote it, cut: it may be long. */
function shown(name: string): string {
  return name.slice(0, 64);
}
