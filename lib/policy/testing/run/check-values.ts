import { type ClosedSet, closedClaim, closedField, closedMember } from '../../../contract/closed-set';
import { isJsonObject, type JsonValue } from '../../../contract/json';
import { splitToolName } from '../../../contract/tool-name';
import { type Diagnostic, diagnostic, type Location } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import { declaredInput } from '../../schema/catalog-target';
import type { CallCase, Persona, TestFile } from '../file/test-file';
import type { GatewayUnderTest } from './gateway-under-test';

/** A value of a test, what may stand there, and whether the test says that a call with it is allowed. */
interface GivenValue {
  readonly value: JsonValue | undefined;
  readonly set: ClosedSet | undefined;
  readonly allowed: boolean;
  readonly location: Location | undefined;
}

/**
 * Values in tests that nobody can have: of claims made from groups, of trusted fields, of enums. A value that no real call carries may be meant, as
 * in a test that it is denied; so only what is allowed with it is reported, and an argument or trusted value near to one that there is, unless it
 * only looks like it.
 */
export function checkValues(testFile: TestFile, gateway: GatewayUnderTest): Diagnostic[] {
  const calls = testFile.cases.flatMap((test) => (test.kind === 'call' ? [test] : []));
  const allowed = new Set(calls.flatMap(({ expect, persona }) => (expect.decision === 'ALLOW' ? [persona.name] : [])));
  const given = [
    ...testFile.personas.flatMap((persona) => claimsGiven(persona, allowed.has(persona.name), gateway)),
    ...calls.flatMap((test) => [...trustedGiven(test, gateway), ...argumentsGiven(test, gateway)]),
  ];
  const found = new Map<string, Diagnostic>();
  for (const one of given) {
    for (const finding of impossible(one)) found.set(finding.message, found.get(finding.message) ?? finding);
  }
  return [...found.values()];
}

function impossible({ value, set, allowed, location }: GivenValue): Diagnostic[] {
  if (set === undefined) return [];
  const { what, values: known } = set;
  const texts = [value]
    .flat()
    .filter((one) => typeof one === 'string' && one !== '' && !known.includes(one)) as string[];
  return texts.flatMap((text) => {
    const suggestion = suggest(text, known);
    if (!allowed && (suggestion === undefined || isLookAlike(text, suggestion))) return [];
    return [
      diagnostic('TEST_VALUE_IMPOSSIBLE', { what, value: text, known, suggestion }, location ? { location } : {}),
    ];
  });
}

/** What differs in case or blanks alone is tried on purpose: it is how tests show that a comparison is exact. */
function isLookAlike(text: string, known: string): boolean {
  return text.trim().toLowerCase() === known.trim().toLowerCase();
}

function claimsGiven({ claims, location }: Persona, allowed: boolean, { identity }: GatewayUnderTest): GivenValue[] {
  if (identity === undefined) return [];
  return Object.entries(claims).flatMap(([name, value]) => {
    const set = closedClaim(name, identity);
    // Claims are given in place of groups to try what only looks right, beside what is.
    const isMeant = !allowed || [value].flat().some((one) => typeof one === 'string' && set?.values.includes(one));
    return isMeant ? [] : [{ value, set, allowed, location }];
  });
}

function trustedGiven({ trusted, expect, location }: CallCase, gateway: GatewayUnderTest): GivenValue[] {
  const allowed = expect.decision === 'ALLOW';
  return (gateway.trusted.fields ?? []).flatMap((field) =>
    Object.hasOwn(trusted, field.name)
      ? [{ value: trusted[field.name], set: closedField(field, gateway.identity ?? {}), allowed, location }]
      : [],
  );
}

function argumentsGiven(test: CallCase, { targets }: GatewayUnderTest): GivenValue[] {
  const parts = splitToolName(test.tool);
  const schema = parts && declaredInput(targets, parts.target, parts.tool);
  const allowed = test.expect.decision === 'ALLOW';
  const visit = (value: JsonValue | undefined, path: readonly string[]): GivenValue[] => {
    if (isJsonObject(value)) return Object.entries(value).flatMap(([name, member]) => visit(member, [...path, name]));
    return [{ value, set: closedMember(schema, path), allowed, location: test.location }];
  };
  return test.arguments === undefined ? [] : visit(test.arguments, []);
}
