import { isJsonObject } from '../../lib/contract/json';
import { clientIdVariable } from '../../lib/contract/pre-token-config';

/** Finds the declared name of a client by its id; undefined for any other client. Rejects when the ids cannot be read. */
export type ClientNames = (clientId: string) => Promise<string | undefined>;

/** How long ids are believed when a client is not among them. Ids change only with a deployment. */
const REREAD_AFTER_MS = 60_000;

/** Client names from a parameter with JSON text `{ "<name>": "<id>" }`, which is read once and again when an unknown client turns up. */
export function clientNamesFromParameter(read: () => Promise<string>, now: () => number): ClientNames {
  let names: ReadonlyMap<string, string> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  return async (clientId) => {
    const known = names.get(clientId);
    if (known !== undefined || now() - readAt < REREAD_AFTER_MS) return known;
    names = namesById(JSON.parse(await read()));
    readAt = now();
    return names.get(clientId);
  };
}

/** Client names from the environment, as local runs give them; undefined when a client's id is missing there. */
export function clientNamesFromEnvironment(
  clients: readonly string[],
  environment: { readonly [name: string]: string | undefined },
): ClientNames | undefined {
  const names = new Map<string, string>();
  for (const client of clients) {
    const id = environment[clientIdVariable(client)];
    if (id === undefined || id === '') return undefined;
    names.set(id, client);
  }
  return (clientId) => Promise.resolve(names.get(clientId));
}

function namesById(value: unknown): ReadonlyMap<string, string> {
  if (!isJsonObject(value)) throw new TypeError('the parameter with the ids of the clients is not valid');
  const names = new Map<string, string>();
  for (const [name, id] of Object.entries(value)) {
    if (typeof id !== 'string' || id === '')
      throw new TypeError('the parameter with the ids of the clients is not valid');
    names.set(id, name);
  }
  return names;
}
