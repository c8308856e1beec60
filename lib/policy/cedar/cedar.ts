import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as Cedar from '@cedar-policy/cedar-wasm/nodejs';
import type * as Generator from '@cedar-policy/mcp-schema-generator-wasm';
import { GovernanceError } from '../../diagnostics/governance-error';
import { requirePackage } from '../../diagnostics/load-package';
import { avoidEngineFault } from './engine-fault';

export type {
  ActionConstraint,
  AuthorizationError,
  CedarValueJson,
  Clause,
  DetailedError,
  EntityJson,
  EntityUidJson,
  Expr,
  NamespaceDefinition,
  PolicyJson,
  PrincipalConstraint,
  ResidualResponse,
  ResourceConstraint,
  Response,
  SchemaJson,
  Type,
  TypeAndId,
  ValidationAnswer,
} from '@cedar-policy/cedar-wasm/nodejs';

const CEDAR = '@cedar-policy/cedar-wasm/nodejs';
const GENERATOR = '@cedar-policy/mcp-schema-generator-wasm';

/** Policy sets that stay parsed inside the wasm instance. It can overwrite a set but never free one. */
const PREPARED_SETS = 512;

/** Cedar could not answer: the text is too deep for its stack, or its JSON form too deep for its reader. */
export class CedarFailure extends Error {
  override readonly name = 'CedarFailure';
}

/** Policies by id that Cedar keeps parsed, see {@link authorizePrepared}. Must not change. */
export interface PreparedPolicies {
  readonly statements: { readonly [id: string]: string };
}

/** A request without the policies. */
export type CedarRequest = Omit<Cedar.StatefulAuthorizationCall, 'preparsedPolicySetId' | 'preparsedSchemaName'>;

/** Slots by what the policies in them say: the same few policies are often those of many tools. */
let slots = new Map<string, string>();
const contents = new WeakMap<PreparedPolicies, string>();

/** Both libraries are large (4 MB each), so that neither loads before its first use. */
function load<T>(name: string): T {
  return fromPackage(name, () => require(name) as T);
}

function fromPackage<T>(name: string, read: () => T): T {
  return requirePackage({ name: name.replace('/nodejs', '') }, read);
}

/**
 * Runs one question to Cedar. A text that overflows the stack of a wasm instance leaves that instance broken for every later
 * call, so that it is thrown away. Throws a {@link CedarFailure} in place of whatever came out of the wasm.
 */
export function ask<T>(question: (cedar: typeof Cedar) => T): T {
  return guarded(CEDAR, question);
}

/** As {@link ask}, of the official schema generator. */
export function askGenerator<T>(question: (generator: typeof Generator) => T): T {
  return guarded(GENERATOR, question);
}

/** Versions of the packages that answer. Reads no more than their manifests. */
export function cedarVersions(): readonly string[] {
  return [CEDAR, GENERATOR].map((name) =>
    fromPackage(name, () => {
      const file = join(dirname(require.resolve(name)), 'package.json');
      return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    }),
  );
}

let isGuarded = false;

function guarded<M, T>(name: string, question: (library: M) => T): T {
  if (!isGuarded) avoidEngineFault();
  isGuarded = true;
  try {
    return question(load<M>(name));
  } catch (error) {
    if (GovernanceError.is(error)) throw error;
    const trapped = !(error instanceof Error) || error.name !== 'Error';
    if (trapped) discard(name);
    throw new CedarFailure(error instanceof Error ? error.message : String(error));
  }
}

function discard(name: string): void {
  delete require.cache[require.resolve(name)];
  if (name === CEDAR) slots = new Map();
}

/** Decides a request over policies that are parsed once. Throws a {@link CedarFailure} for a request that is not well-formed. */
export function authorizePrepared(policies: PreparedPolicies, request: CedarRequest): Cedar.Response {
  const answer = ask((cedar) => {
    const preparsedPolicySetId = prepare(cedar, policies);
    return cedar.statefulIsAuthorized({ ...request, preparsedPolicySetId });
  });
  if (answer.type === 'failure') throw new CedarFailure(messages(answer.errors));
  return answer.response;
}

/** The slot that holds the policies; the least recently used one gives way. */
function prepare(cedar: typeof Cedar, policies: PreparedPolicies): string {
  const content = contents.get(policies) ?? JSON.stringify(policies.statements);
  contents.set(policies, content);
  const held = slots.get(content);
  if (held !== undefined) {
    slots.delete(content);
    slots.set(content, held);
    return held;
  }
  let slot = `set-${slots.size}`;
  const oldest = slots.size >= PREPARED_SETS ? slots.entries().next().value : undefined;
  if (oldest !== undefined) {
    slots.delete(oldest[0]);
    slot = oldest[1];
  }
  const answer = cedar.preparsePolicySet(slot, { staticPolicies: policies.statements });
  if (answer.type === 'failure') throw new Error(messages(answer.errors));
  slots.set(content, slot);
  return slot;
}

/** Cedar's messages in one line. */
export function messages(errors: readonly Cedar.DetailedError[]): string {
  return errors.map((error) => error.message).join('; ');
}
