import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, SpecDatabase, TypeDefinition } from '@aws-cdk/service-spec-types';
import { isJsonObject, type JsonObject, type JsonValue } from '../../lib/contract/json';

let loaded: SpecDatabase | undefined;

/** What a template says that CloudFormation's resource specification does not know: wrong types, names, values, missing members. */
export function specErrors(template: JsonObject): string[] {
  loaded ??= loadAwsServiceSpecSync();
  const errors: string[] = [];
  for (const [logicalId, resource] of Object.entries(template['Resources'] as { [id: string]: JsonObject })) {
    const type = resource['Type'] as string;
    if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') continue;
    const [known] = loaded.lookup('resource', 'cloudFormationType', 'equals', type);
    if (known === undefined) {
      errors.push(`${logicalId}: unknown resource type ${type}`);
      continue;
    }
    checkMembers(loaded, known.properties, (resource['Properties'] as JsonObject | undefined) ?? {}, logicalId, errors);
  }
  return errors;
}

type Members = TypeDefinition['properties'];

function checkMembers(db: SpecDatabase, members: Members, value: JsonObject, path: string, errors: string[]): void {
  for (const name of Object.keys(value)) {
    const member = members[name];
    if (member === undefined) errors.push(`${path}: unknown property ${name}`);
    else
      errors.push(
        ...bestErrors(db, [member.type, ...(member.previousTypes ?? [])], value[name] as JsonValue, `${path}.${name}`),
      );
  }
  for (const [name, member] of Object.entries(members)) {
    if (member.required && value[name] === undefined) errors.push(`${path}: missing property ${name}`);
  }
}

/** Errors against the type that fits best; none when one fits. */
function bestErrors(db: SpecDatabase, types: readonly PropertyType[], value: JsonValue, path: string): string[] {
  const attempts = types.map((type) => typeErrors(db, type, value, path)).sort((a, b) => a.length - b.length);
  return attempts[0] ?? [];
}

function typeErrors(db: SpecDatabase, type: PropertyType, value: JsonValue, path: string): string[] {
  if (isIntrinsic(value)) return [];
  const wrong = (expected: string): string[] => [
    `${path}: expected ${expected}, got ${JSON.stringify(value)?.slice(0, 80)}`,
  ];
  switch (type.type) {
    case 'string': {
      if (typeof value !== 'string' && typeof value !== 'number') return wrong('a string');
      const allowed = type.allowedValues;
      return allowed !== undefined && !allowed.includes(String(value)) ? wrong(allowed.join(' | ')) : [];
    }
    case 'number':
    case 'integer':
      return Number.isFinite(Number(value)) && typeof value !== 'boolean' ? [] : wrong('a number');
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false' ? [] : wrong('a boolean');
    case 'array':
      if (!Array.isArray(value)) return wrong('a list');
      return value.flatMap((item, index) => typeErrors(db, type.element, item, `${path}[${index}]`));
    case 'map':
      if (!isJsonObject(value)) return wrong('a map');
      return Object.entries(value).flatMap(([key, item]) => typeErrors(db, type.element, item, `${path}.${key}`));
    case 'union':
      return bestErrors(db, type.types, value, path);
    case 'tag':
      return isJsonObject(value) ? [] : wrong('a tag');
    case 'ref': {
      if (!isJsonObject(value)) return wrong('an object');
      const errors: string[] = [];
      checkMembers(db, db.get('typeDefinition', type.reference).properties, value, path, errors);
      return errors;
    }
    default:
      return [];
  }
}

function isIntrinsic(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || (keys[0] as string).startsWith('Fn::'));
}
