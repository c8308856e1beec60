import { isDeepStrictEqual } from 'node:util';
import { type Claims, OAUTH_USER } from '../../contract/claims';
import type { JsonObject } from '../../contract/json';
import { readTestFile } from '../../policy/testing/file/read-test-file';
import type { Persona } from '../../policy/testing/file/test-file';
import type { CallCaseData, PersonaData } from '../../policy/testing/file/test-file-schema';
import { type GatewayUnderTest, gatewayOfManifest } from '../../policy/testing/run/gateway-under-test';
import { OfflineBackend } from '../../policy/testing/run/offline-backend';
import { claimsOf } from '../../policy/testing/run/persona-claims';
import { runTests } from '../../policy/testing/run/run-tests';
import { type Suggestion, suggestedFile } from '../../policy/testing/suggestion/render-suggestion';
import { personasOf, type SuggestedPersona } from '../../policy/testing/suggestion/suggested-persona';
import type { Application } from '../application';
import type { RememberedCall } from '../observe/call-history';
import type { PageDependencies } from './page-dependencies';

/** Claims that every token has, or that no two tokens share: no policy test says them. */
const TECHNICAL = /^(?:iss|iat|exp|nbf|jti|auth_time|token_use|event_id|origin_jti|version|client_id|username|scope)$/;

/** A call as a policy test, ready to be pasted. */
export interface CallAsTest {
  /** The test file. */
  readonly text: string;
  /** Whether it passes offline. One that does not shows what only a running gateway can: `verify --emulator` runs it. */
  readonly passes: boolean;
}

/** The call as a policy test: the plainest one that passes. Null for what is no call of a tool, or long ago. */
export async function policyTestOf(
  number: number,
  { history, application, manifestFile }: PageDependencies,
): Promise<CallAsTest | null> {
  const call = history.find(number);
  const { manifest } = application().gateway;
  const suggestions = call === undefined ? [] : suggestionsOf(call, application());
  const [first] = suggestions;
  if (first === undefined) return null;
  const gateway = gatewayOfManifest(manifest, manifestFile);
  for (const suggestion of suggestions) {
    if (await passes(suggestion, gateway)) return { text: suggestedFile([suggestion]), passes: true };
  }
  return { text: suggestedFile([first]), passes: false };
}

/** The same call with less and less left out. */
function suggestionsOf(call: RememberedCall, application: Application): Suggestion[] {
  const { record, details } = call;
  const { tool, who, outcome, refusedBy, determining, input = {} } = record;
  const isDecided = outcome !== undefined || refusedBy === 'request';
  if (details === undefined || tool === undefined || !isDecided || typeof details.sent === 'string') return [];
  const { decided } = details;
  const sent = (details.sent ?? {}) as JsonObject;
  const trustedNames = application.gateway.manifest.trustedContext
    .filter(({ tools }) => tools.includes(tool))
    .map(({ name }) => name);
  const filled = Object.entries(input).filter(([name]) => trustedNames.includes(name));
  const trusted = Object.fromEntries(filled) as CallCaseData['trusted'];
  const expect: CallCaseData['expect'] =
    outcome === undefined
      ? { decision: 'DENY', by: 'interceptor' }
      : { decision: outcome, determining: [...determining] };
  const test = (more: Partial<CallCaseData>): CallCaseData => ({
    name: `${who} calls ${tool}`,
    as: who,
    ...more,
    call: tool,
    ...(Object.keys(sent).length === 0 ? {} : { arguments: sent as NonNullable<CallCaseData['arguments']> }),
    expect,
  });
  const now = decided === undefined ? {} : { now: decided.now.toISOString() };
  const fixed = filled.length === 0 ? {} : { trusted };
  return personasFor(call, application).flatMap((persona) =>
    [{}, now, fixed, { ...now, ...fixed }].map((more) => ({ persona, test: test(more) })),
  );
}

/** The caller as a persona, the plainest first: the example user or machine client with these claims, or whoever has them. */
function personasFor({ record, details }: RememberedCall, application: Application): SuggestedPersona[] {
  const { who, principal = { type: OAUTH_USER, id: who } } = record;
  const { identity } = application.gateway.manifest;
  const claims = plainClaims(details?.claims ?? {});
  const known = knownCaller(details?.claims ?? {}, application).filter((data) =>
    isDeepStrictEqual(withoutSub(plainClaims(claimsOf(personaOf(who, data), identity))), withoutSub(claims)),
  );
  const call = { principal: { ...principal, tags: {} }, tool: '', input: {}, now: new Date() };
  return [...known.map((data) => ({ name: who, data })), ...personasOf({ claims, call }, who, identity)];
}

/** The user or machine client of the app that such a token is issued to. */
function knownCaller(claims: Claims, { provider: { directory } }: Application): PersonaData[] {
  const { username = claims['sub'], client_id: client } = claims;
  const user = typeof username === 'string' ? directory.users.get(username) : undefined;
  if (user !== undefined) {
    const { groups, attributes } = user;
    const own = { ...(groups.length > 0 && { groups: [...groups] }), ...(hasAny(attributes) && { attributes }) };
    return [{ username: user.username, ...own, ...(user.claims && { claims: user.claims }) } as PersonaData];
  }
  const machine = typeof client === 'string' ? directory.clients.get(client) : undefined;
  return machine?.flow === 'client-credentials' && claims['username'] === undefined ? [{ client: machine.name }] : [];
}

function personaOf(name: string, data: PersonaData): Persona {
  const plain = { name, groups: [], attributes: {}, claims: {}, anonymous: false, trusted: {} };
  return { ...plain, ...data } as Persona;
}

function plainClaims(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !TECHNICAL.test(name)));
}

/** Offline the `sub` of a user is the name. */
function withoutSub(claims: Claims): Claims {
  const { sub: _, ...others } = claims;
  return others;
}

function hasAny(record: object): boolean {
  return Object.keys(record).length > 0;
}

async function passes(suggestion: Suggestion, gateway: GatewayUnderTest): Promise<boolean> {
  const { testFile } = readTestFile('', suggestedFile([suggestion]));
  return testFile !== undefined && (await runTests([testFile], new OfflineBackend(gateway))).failed === 0;
}
