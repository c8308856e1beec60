import type { JsonObject, JsonValue } from '../../../contract/json';
import { listOf, objectOf, textOf } from '../source/members';
import { withheld } from '../source/withheld-parameters';
import type { Argument } from './arguments';
import type { OperationReading } from './operation-reading';

/** How OpenAPI writes a parameter when the document does not say. The gateway knows no other way. */
const DEFAULT_STYLES: { readonly [place: string]: string } = { path: 'simple', query: 'form', header: 'simple' };

/** Parameters of an operation as arguments: its own replace those of its path that have the same name and place. */
export function readParameters(reading: OperationReading): Argument[] {
  const { pathItem, operation, references } = reading;
  const found = new Map<string, JsonObject>();
  for (const source of [...listOf(pathItem['parameters']), ...listOf(operation['parameters'])]) {
    const parameter = references.follow(source);
    const [name, place] = [textOf(parameter['name']), textOf(parameter['in'])];
    if (name !== undefined && place !== undefined) found.set(JSON.stringify([place, name]), parameter);
  }
  return [...found.values()].flatMap((parameter) => readParameter(reading, parameter));
}

function readParameter(reading: OperationReading, parameter: JsonObject): Argument[] {
  const [name, place] = [parameter['name'] as string, parameter['in'] as string];
  const why = withheld(place, name);
  if (why !== undefined) {
    reading.withheld.push({ name, why });
    return [];
  }
  const written = reading.schemas.write(parameter['schema'] ?? {}, name);
  const problem = serializationProblem(place, parameter, written['type']);
  if (problem !== undefined) reading.unsupported.push(`parameter \`${name}\` ${problem}`);
  const description = textOf(parameter['description']);
  const schema = description === undefined ? written : { ...written, description };
  return [{ name, schema, required: parameter['required'] === true || place === 'path', place }];
}

/** Source: developer guide, page gateway-schema-openapi (parameter serializers are unsupported). */
function serializationProblem(place: string, parameter: JsonObject, type: JsonValue | undefined): string | undefined {
  const byDefault = DEFAULT_STYLES[place];
  if (byDefault === undefined) return `is in \`${place}\``;
  if (parameter['schema'] === undefined && Object.keys(objectOf(parameter['content'])).length > 0) {
    return 'is serialized by a media type';
  }
  const style = textOf(parameter['style']) ?? byDefault;
  if (style !== byDefault) return `has the style \`${style}\``;
  if (type === 'object') return 'is an object';
  if (type !== 'array') return undefined;
  if (place !== 'query') return 'is a list';
  return parameter['explode'] === false ? 'is a list in one value (`explode: false`)' : undefined;
}
