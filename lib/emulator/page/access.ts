import { setImmediate as turn } from 'node:timers/promises';
import { exampleValue } from '../../contract/example-value';
import { isJsonObject, type JsonObject } from '../../contract/json';
import type { Access, PersonaAccess } from '../../policy/access/access';
import { ExactAccess } from '../../policy/access/exact-access';
import { partialAccess } from '../../policy/access/partial-access';
import type { PolicySet } from '../../policy/decision/policy-set';
import type { Persona } from '../../policy/testing/file/test-file';
import { type GatewayUnderTest, gatewayOfManifest } from '../../policy/testing/run/gateway-under-test';
import { policySetUnderTest } from '../../policy/testing/run/offline-backend';
import type { Application } from '../application';
import type { ServingGateway } from '../serving-gateway';
import { decideCall } from './live-decision';
import { listTools } from './local-call';
import type { PageDependencies } from './page-dependencies';
import { stateOf, toolOf } from './state';

/** Rows of the matrix that are given at once, and callers at most. */
const PAGE = 25;
const MOST_CALLERS = 30;

/** Who may use which tools, and who sees them. */
export interface AccessPage {
  readonly personas: readonly string[];
  /** Tools that fit the question, on all pages. */
  readonly total: number;
  readonly from: number;
  readonly rows: readonly {
    readonly tool: string;
    readonly cells: readonly { readonly access: Access; readonly listed: boolean }[];
  }[];
}

/** One page of the matrix: the tools whose names hold a text. */
export async function accessPage({ url }: { readonly url: URL }, dependencies: PageDependencies): Promise<AccessPage> {
  const text = (url.searchParams.get('text') ?? '').toLowerCase();
  const from = Math.max(0, Number(url.searchParams.get('from')) || 0);
  const asked = askedOf(dependencies);
  const tools = [...asked.set.schema.tools.values()].filter(({ action }) => action.toLowerCase().includes(text));
  const lists = await Promise.all(asked.personas.map(({ name }) => asked.listed(name)));
  const rows = [];
  for (const tool of tools.slice(from, from + PAGE)) {
    const cells = asked.personas.map((persona, index) => ({
      access: partialAccess(asked.gateway, asked.set, tool, persona),
      listed: lists[index]?.has(tool.action) === true,
    }));
    rows.push({ tool: tool.action, cells });
    // Calls go on meanwhile.
    await turn();
  }
  return { personas: asked.personas.map(({ name }) => name), total: tools.length, from, rows };
}

/** Why a cell of the matrix is what it is: proved for every argument, and shown by an example. Null for one that there is not. */
export async function accessReason(
  { url }: { readonly url: URL },
  dependencies: PageDependencies,
): Promise<object | null> {
  const asked = askedOf(dependencies);
  const name = url.searchParams.get('tool') ?? '';
  const tool = asked.set.schema.tools.get(name);
  const persona = asked.personas.find((one) => one.name === url.searchParams.get('persona'));
  const shown = toolOf(name, dependencies.application());
  if (tool === undefined || persona === undefined || shown === null) return null;
  const proved: PersonaAccess = asked.exact.of(tool, persona);
  const args = exampleOf(shown.inputSchema);
  const input = { persona: persona.name, tool: name, arguments: args };
  const example = { arguments: args, ...(await decideCall(input, dependencies)) };
  return { ...proved, listed: (await asked.listed(persona.name)).has(name), example };
}

/** Arguments that the schema asks for, with values that it allows. */
function exampleOf(schema: JsonObject): JsonObject {
  const { required } = schema;
  const value = exampleValue(schema, schema);
  if (!isJsonObject(value) || !Array.isArray(required)) return {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => required.includes(name)));
}

interface Asked {
  readonly gateway: GatewayUnderTest;
  readonly set: PolicySet;
  readonly exact: ExactAccess;
  readonly personas: readonly Persona[];
  /** The tools that the agent of a persona gets to see. */
  readonly listed: (persona: string) => Promise<ReadonlySet<string>>;
}

const known = new WeakMap<ServingGateway, Asked>();

/** What the matrix is made of, once for each version of the application. */
function askedOf(dependencies: PageDependencies): Asked {
  const { gateway } = dependencies.application();
  const before = known.get(gateway);
  if (before !== undefined) return before;
  const tested = gatewayOfManifest(gateway.manifest, dependencies.manifestFile);
  const set = policySetUnderTest(tested);
  const lists = new Map<string, Promise<ReadonlySet<string>>>();
  const listed = (persona: string): Promise<ReadonlySet<string>> => {
    const list = lists.get(persona) ?? listOf(persona, dependencies);
    lists.set(persona, list);
    return list;
  };
  const personas = personasOf(dependencies.application());
  const asked = { gateway: tested, set, exact: new ExactAccess(tested, set), personas, listed };
  known.set(gateway, asked);
  return asked;
}

async function listOf(persona: string, dependencies: PageDependencies): Promise<ReadonlySet<string>> {
  const answer = await listTools({ persona }, dependencies);
  const result = isJsonObject(answer) && isJsonObject(answer['result']) ? answer['result'] : {};
  const tools = Array.isArray(result['tools']) ? result['tools'].filter(isJsonObject) : [];
  return new Set(tools.map(({ name }) => (typeof name === 'string' ? name : '')));
}

/** Whoever can be called as, in the terms of policy tests. */
function personasOf(application: Application): Persona[] {
  const { directory } = application.provider;
  const { authorization } = application.gateway.manifest.identity;
  const plain = { groups: [], attributes: {}, claims: {}, anonymous: authorization === 'none', trusted: {} };
  return stateOf(application)
    .personas.slice(0, MOST_CALLERS)
    .map(({ name }): Persona => {
      if (authorization === 'none') return { ...plain, name };
      if (authorization === 'iam') return { ...plain, name, iam: name };
      const user = directory.users.get(name);
      if (user === undefined) return { ...plain, name, client: name };
      const { username, groups, attributes, claims = {} } = user;
      return { ...plain, name, username, groups, attributes, claims };
    });
}
