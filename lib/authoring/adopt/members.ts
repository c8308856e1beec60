import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';

/** A member that nobody has taken, by its path. */
export interface LeftMember {
  readonly path: readonly string[];
  readonly value: JsonValue;
}

/** Members of an answer of the control plane, and which of them nothing was made of yet: none is dropped in silence. */
export class Members {
  private readonly left: JsonObject;

  /** @param names the members that count; the others are of the service's own */
  constructor(answer: JsonObject, names: readonly string[]) {
    const counted = names.flatMap((name) => (answer[name] === undefined ? [] : [[name, answer[name]] as const]));
    this.left = structuredClone(Object.fromEntries(counted)) as JsonObject;
  }

  /** A member by its path, which is taken with everything below it. */
  take(...path: readonly string[]): JsonValue | undefined {
    const parents = this.parents(path);
    const [parent, name] = [parents.at(-1), path.at(-1) ?? ''];
    if (parent === undefined || !Object.hasOwn(parent, name)) return undefined;
    const value = parent[name];
    delete (parent as { [name: string]: JsonValue })[name];
    return value;
  }

  /** As {@link take}, for a text; another value stays. */
  text(...path: readonly string[]): string | undefined {
    return typeof this.peek(...path) === 'string' ? (this.take(...path) as string) : undefined;
  }

  /** As {@link take}, for a list of texts, or of none. */
  texts(...path: readonly string[]): string[] {
    const value = this.peek(...path);
    const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
    return isList ? (this.take(...path) as string[]) : [];
  }

  /** A member that stays. */
  peek(...path: readonly string[]): JsonValue | undefined {
    const parent = this.parents(path).at(-1);
    const name = path.at(-1) ?? '';
    return parent !== undefined && Object.hasOwn(parent, name) ? parent[name] : undefined;
  }

  /** Members that are left and say something. A list is one member. */
  rest(): LeftMember[] {
    return leaves(this.left, []);
  }

  /** The objects on the way to a member; undefined at the end where it leads nowhere. */
  private parents(path: readonly string[]): (JsonObject | undefined)[] {
    let parent: JsonObject | undefined = this.left;
    const parents: (JsonObject | undefined)[] = [parent];
    for (const name of path.slice(0, -1)) {
      const next: JsonValue | undefined =
        parent !== undefined && Object.hasOwn(parent, name) ? parent[name] : undefined;
      parent = isJsonObject(next) ? next : undefined;
      parents.push(parent);
    }
    return parents;
  }
}

function leaves(value: JsonValue, path: readonly string[]): LeftMember[] {
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
  return saysNothing(value) ? [] : [{ path, value }];
}

/** The service fills in what is its default. */
function saysNothing(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === false || value === '' || value === 'DEFAULT';
}
