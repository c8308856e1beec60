import type { HttpBody } from '../../../contract/http-request';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { dissolve } from '../../../contract/schema-shape';
import { listOf, objectOf } from '../source/members';
import type { Argument } from './arguments';
import type { OperationReading } from './operation-reading';

/** Bodies that the gateway sends, best first. Source: developer guide, page gateway-schema-openapi (media types). */
const MEDIA_TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/xml',
] as const;

const FORMS: ReadonlySet<string> = new Set(['application/x-www-form-urlencoded', 'multipart/form-data']);

/** A body, and the arguments that it is made of. */
export interface RequestBody {
  readonly arguments: readonly Argument[];
  readonly http: HttpBody;
  readonly required: boolean;
  /** Of the media type object, beside its schema. */
  readonly encoding: JsonValue | undefined;
}

/**
 * Members of an object body stand beside the parameters; a body that is no object becomes the argument `body`.
 * Platform assumption: AWS documents no rule.
 */
export function readBody(reading: OperationReading): RequestBody | undefined {
  const { references, operation } = reading;
  const body = references.follow(operation['requestBody']);
  const content = objectOf(body['content']);
  const offered = Object.keys(content);
  if (offered.length === 0) return undefined;
  const mediaType = MEDIA_TYPES.find((known) => offered.some((type) => plain(type) === known));
  if (mediaType === undefined) {
    reading.unsupported.push(`its body is ${offered.map((type) => `\`${type}\``).join(' or ')}`);
    return undefined;
  }
  const media = references.follow(content[offered.find((type) => plain(type) === mediaType) ?? '']);
  const required = body['required'] === true;
  const members = membersOf(reading, media['schema'], required);
  const { encoding } = media;
  const bracketed = FORMS.has(mediaType) ? bracketedIn(encoding) : [];
  if (FORMS.has(mediaType)) checkForm(reading, members);
  const from = members === undefined ? 'argument' : 'members';
  return {
    arguments: members ?? [wholeBody(reading, media['schema'], required)],
    http: { mediaType, from, ...(bracketed.length > 0 && { bracketed }) },
    required,
    encoding,
  };
}

/** The members of a body that is an object with known ones. */
function membersOf(
  reading: OperationReading,
  source: JsonValue | undefined,
  required: boolean,
): Argument[] | undefined {
  const { schemas, references } = reading;
  const shape = dissolve(references.document, source, []);
  if ('what' in shape || !isJsonObject(shape.schema['properties']) || shape.schema['type'] === 'array')
    return undefined;
  // Written anew, so that a type that contains itself is shown once more below its members.
  const whole = schemas.write(shape.schema, '');
  const needed = new Set(listOf(whole['required']));
  return Object.entries(objectOf(whole['properties'])).map(([name, schema]) => ({
    name,
    schema: objectOf(schema),
    required: required && needed.has(name),
    place: 'body',
  }));
}

function wholeBody({ schemas }: OperationReading, source: JsonValue | undefined, required: boolean): Argument {
  return { name: 'body', schema: schemas.write(source, 'body'), required, place: 'body' };
}

/** A form is a list of names with texts; files in it are binary, which the gateway does not send. */
function checkForm(reading: OperationReading, members: readonly Argument[] | undefined): void {
  if (members === undefined) reading.unsupported.push('its form is no object with known members');
  for (const { name, schema } of members ?? []) {
    if (!isBinary(schema) && !isBinary(objectOf(schema['items']))) continue;
    reading.unsupported.push(`member \`${name}\` of its form is a file`);
  }
}

function isBinary(schema: JsonObject): boolean {
  return schema['format'] === 'binary' || 'contentMediaType' in schema;
}

function bracketedIn(encoding: JsonValue | undefined): string[] {
  return Object.entries(objectOf(encoding)).flatMap(([name, how]) =>
    objectOf(how)['style'] === 'deepObject' ? [name] : [],
  );
}

/** A media type without parameters such as the character set. */
function plain(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
}
