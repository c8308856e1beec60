import { dereference, encodePointer, type OutputUnit, type SchemaDraft, validate } from '@cfworker/json-schema';
import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import type { InputCheckConfig } from '../../../lib/contract/steps/input-check';
import { selectsTool } from '../../../lib/contract/steps/selectors';
import { deny, type Outcome, proceed } from '../chain/outcome';
import type { Step } from '../chain/step';
import { editMembers } from '../json/edit';
import type { Call } from '../message/call';
import { type InputSchemas, inputSchemaOf } from './known-arguments';

type Check = (args: JsonObject) => readonly OutputUnit[];

/**
 * Checks arguments against the tool's own JSON schema, which the gateway may not do. Schemas are prepared with the first call to their
 * tool. A schema that cannot be understood denies. A null that the schema does not take is an argument that is absent, as it is for policies
 * and for the tool kit.
 */
export function inputCheck(config: InputCheckConfig, schemas: InputSchemas): Step {
  const checks = new Map<string, Check>();

  function checkOf(tool: string): Check | undefined {
    const known = checks.get(tool);
    if (known !== undefined) return known;
    const schema = inputSchemaOf(schemas, tool);
    if (schema === undefined) return undefined;
    const check = prepare(schema);
    checks.set(tool, check);
    return check;
  }

  function request(call: Call): Outcome {
    if (call.kind !== 'tools/call' || !selectsTool(config.tools, call.tool.name)) return proceed();
    const check = checkOf(call.tool.name);
    if (check === undefined) return config.denyWithoutSchema ? deny('unknown-tool') : proceed();
    const flaws = check(call.arguments);
    return flaws.length === 0 ? proceed() : deny('invalid-arguments', undefined, describe(flaws));
  }

  return { name: 'input-check', request };
}

function prepare(schema: JsonObject): Check {
  const own = structuredClone(schema);
  const lookup = dereference(own);
  const draft = draftOf(own['$schema']);
  const flawsOf = (args: JsonValue): readonly OutputUnit[] => validate(args, own, draft, lookup, false).errors;
  return (args) => {
    const flaws = flawsOf(args);
    const present = flaws.length === 0 ? args : withoutNulls(args, refusedPlaces(flaws));
    return present === args ? flaws : flawsOf(present);
  };
}

/** Places of values that do not fit. Not places where there may be nothing at all, nor of names that do not fit. */
function refusedPlaces(flaws: readonly OutputUnit[]): ReadonlySet<string> {
  const isOfPlace = ({ keyword, keywordLocation }: OutputUnit): boolean =>
    keyword === 'false' || keywordLocation.includes('/propertyNames');
  const forbidden = new Set(flaws.filter(isOfPlace).map(({ instanceLocation }) => instanceLocation));
  return new Set(flaws.map(({ instanceLocation }) => instanceLocation).filter((place) => !forbidden.has(place)));
}

/** Elements of lists stay: without one, the others would be in other places. */
function withoutNulls(value: JsonValue, places: ReadonlySet<string>, here = '#'): JsonValue {
  let index = 0;
  return editMembers(value, (member, name) => {
    const place = `${here}/${name === undefined ? index++ : encodePointer(name)}`;
    if (member === null && name !== undefined && places.has(place)) return undefined;
    return withoutNulls(member, places, place);
  });
}

function draftOf(dialect: unknown): SchemaDraft {
  if (typeof dialect !== 'string') return '2020-12';
  if (dialect.includes('draft-04')) return '4';
  if (dialect.includes('draft-07') || dialect.includes('draft-06')) return '7';
  return dialect.includes('2019-09') ? '2019-09' : '2020-12';
}

/** Where, and by which keyword of the schema, but no values: they may be secret. The innermost findings say most. */
function describe(flaws: readonly OutputUnit[]): string[] {
  const wrappers = new Set(['properties', 'items', 'prefixItems', '$ref', 'allOf', 'anyOf', 'oneOf']);
  const inner = flaws.filter((flaw) => !wrappers.has(flaw.keyword));
  const texts = (inner.length > 0 ? inner : flaws).map(
    ({ instanceLocation, keyword }) =>
      `${instanceLocation.replace(/^#\/?/, '').slice(0, 128) || 'arguments'}: ${keyword}`,
  );
  return [...new Set(texts)].slice(0, 10);
}
