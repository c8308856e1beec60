import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import type { InputCheckConfig } from '../../../lib/contract/steps/input-check';
import { selectsTool } from '../../../lib/contract/steps/selectors';
import type { StepFactory } from '../chain/configured-steps';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step } from '../chain/step';
import { editMembers } from '../json/edit';
import type { Call } from '../message/call';
import type { Flaw } from '../schema/check';
import { compileSchema, type Findings } from '../schema/compile';
import { describeFlaws } from '../schema/describe-flaws';
import { type InputSchemas, inputSchemaOf } from './known-arguments';

type Check = (args: JsonObject) => readonly Flaw[];

/**
 * Checks arguments against the tool's own JSON schema, which the gateway may not do. Schemas are prepared with the first call to their
 * tool. A schema that cannot be understood denies. A null that the schema does not take is an argument that is absent, as it is for policies
 * and for the tool kit.
 */
export function inputCheck(config: InputCheckConfig, schemas: InputSchemas): Step {
  const checks = new Map<string, Check>();

  async function firstCheck(tool: string, schema: JsonObject, args: JsonObject): Promise<StepOutcome> {
    const check = await prepare(schema);
    checks.set(tool, check);
    return outcomeOf(check(args));
  }

  function request(call: Call): StepOutcome | Promise<StepOutcome> {
    if (call.kind !== 'tools/call' || !selectsTool(config.tools, call.tool.fullName)) return proceed();
    const { fullName: name } = call.tool;
    const check = checks.get(name);
    if (check !== undefined) return outcomeOf(check(call.arguments));
    const schema = inputSchemaOf(schemas, name);
    if (schema !== undefined) return firstCheck(name, schema, call.arguments);
    return config.denyWithoutSchema ? deny('unknown-tool') : proceed();
  }

  return { name: 'input-check', request };
}

function outcomeOf(flaws: readonly Flaw[]): StepOutcome {
  return flaws.length === 0 ? proceed() : deny('invalid-arguments', undefined, describeFlaws(flaws));
}

/** The engine for patterns is large: it loads with the first schema that has one. */
async function prepare(schema: JsonObject): Promise<Check> {
  const matcher = hasPattern(schema) ? (await import('../pattern/linear-matcher.js')).partMatcher : unexpected;
  const validate = compileSchema(schema, matcher);
  return (args) => {
    const { flaws, nulls } = validate(args);
    return nulls.size === 0 ? flaws : validate(withoutNulls(args, nulls)).flaws;
  };
}

function hasPattern(schema: JsonValue): boolean {
  if (Array.isArray(schema)) return schema.some(hasPattern);
  if (!isJsonObject(schema)) return false;
  return 'pattern' in schema || 'patternProperties' in schema || Object.values(schema).some(hasPattern);
}

function unexpected(): never {
  throw new TypeError('a pattern where none was seen');
}

/** Elements of lists stay: without one, the others would be in other places. */
function withoutNulls(value: JsonValue, nulls: Findings['nulls']): JsonValue {
  const own = isJsonObject(value) ? nulls.get(value) : undefined;
  return editMembers(value, (member, name) =>
    name !== undefined && own?.get(name) === true ? undefined : withoutNulls(member, nulls),
  );
}

/** The step of a configuration. */
export const make: StepFactory<'input-check'> = (config, whole) => inputCheck(config, whole.inputSchemas);
