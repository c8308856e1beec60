import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json';
import { pointedTo } from '../../../contract/json-pointer';
import { objectOf, textOf } from '../source/members';
import type { References } from './references';

/** Combinators that the gateway does not take. Source: developer guide, page gateway-schema-openapi. */
const COMBINATORS = ['oneOf', 'anyOf', 'allOf'];

/** Place of a schema that answers refer to. */
const SCHEMA = /^#\/components\/schemas\/([\w.-]+)$/;

/**
 * Answers of the deployed operations. A schema that the gateway cannot take is left out of an answer: nothing is checked against it, and
 * agents do not see it.
 */
export class Responses {
  /** By reference to a schema, whether it can be carried, without what it refers to. */
  private readonly plain = new Map<string, boolean>();
  private readonly used = new Set<string>();

  constructor(private readonly references: References) {}

  of(source: JsonValue | undefined): JsonObject {
    const answers = Object.entries(objectOf(source)).map(([status, answer]) => {
      const { description, content } = this.references.follow(answer);
      const media = Object.entries(objectOf(content)).map(
        ([type, about]) => [type, this.media(objectOf(about))] as const,
      );
      return [
        status,
        {
          description: textOf(description) ?? '',
          ...(media.length > 0 && { content: Object.fromEntries(media) }),
        },
      ] as const;
    });
    return Object.fromEntries(answers);
  }

  /** The schemas that the answers given so far refer to. */
  components(): JsonObject {
    const schemas = [...this.used].map((reference) => [nameOf(reference) ?? '', this.target(reference) ?? {}] as const);
    return schemas.length > 0 ? { schemas: Object.fromEntries(schemas) } : {};
  }

  private media({ schema }: JsonObject): JsonObject {
    if (schema === undefined || !isPlain(schema)) return {};
    const below = this.references.below(schema);
    if (![...below].every((reference) => this.isCarried(reference))) return {};
    for (const reference of below) this.used.add(reference);
    return { schema };
  }

  private isCarried(reference: string): boolean {
    const known = this.plain.get(reference);
    if (known !== undefined) return known;
    const target = nameOf(reference) === undefined ? undefined : this.target(reference);
    const found = target !== undefined && isPlain(target);
    this.plain.set(reference, found);
    return found;
  }

  private target(reference: string): JsonValue | undefined {
    return pointedTo(this.references.document, reference);
  }
}

function nameOf(reference: string): string | undefined {
  return SCHEMA.exec(reference)?.[1];
}

/** Whether a schema has no combinator, apart from what it refers to. */
function isPlain(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (!isJsonObject(value)) return true;
  return COMBINATORS.every((name) => !Array.isArray(value[name])) && Object.values(value).every(isPlain);
}
