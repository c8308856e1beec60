import { createHash } from 'node:crypto';

interface Unnamed {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | undefined;
}

/** Room for the target's name in the 64 characters that models take. */
const LENGTH_MAX = 48;

/** Gives every operation a name: its id, or one that is derived from method and path and so stays when others come and go. */
export function nameOperations<T extends Unnamed>(operations: readonly T[]): (T & { readonly name: string })[] {
  const taken = new Map<string, number>();
  for (const operation of operations) {
    const name = operation.operationId ?? plainName(operation);
    taken.set(name, (taken.get(name) ?? 0) + 1);
  }
  return operations.map((operation) => {
    if (operation.operationId !== undefined) return { ...operation, name: operation.operationId };
    const plain = plainName(operation);
    const isUsable = plain.length <= LENGTH_MAX && taken.get(plain) === 1;
    return {
      ...operation,
      name: isUsable ? plain : `${plain.slice(0, LENGTH_MAX - 9).replace(/_$/, '')}_${digest(operation)}`,
    };
  });
}

/** `GET /pets/{petId}/toys` is `get_pets_petId_toys`. */
function plainName({ method, path }: Unnamed): string {
  const words = path.split(/[^0-9a-zA-Z]+/).filter((word) => word !== '');
  return [method.toLowerCase(), ...words].join('_');
}

function digest({ method, path }: Unnamed): string {
  return createHash('sha256').update(`${method} ${path}`).digest('hex').slice(0, 8);
}
