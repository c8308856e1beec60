import { textMember } from '../../contract/drift/text-member';
import { TARGET_MEMBERS } from '../../contract/gateway-update';
import { isJsonObject, type JsonObject } from '../../contract/json';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { type Code, call, literal, object } from '../project/code';
import { expressCredentials } from './express-credentials';
import type { ExpressedTarget, OutsideTarget } from './expressed';
import { Members } from './members';
import { Outside } from './outside';
import { splitRest } from './overrides';
import { secretIn } from './secrets';
import { TARGET_KINDS } from './target-kinds';
import type { TargetSources } from './target-source';

/**
 * A target as the construct says it, or why it stays out of the stack.
 * @param word begins the names of its constants: letters and digits, of no other target
 */
export async function expressTarget(
  answer: JsonObject,
  word: string,
  sources: TargetSources,
): Promise<ExpressedTarget | OutsideTarget> {
  const name = textMember(answer, 'name');
  try {
    return await express(name, word, answer, sources);
  } catch (error) {
    if (!(error instanceof Outside)) throw error;
    return {
      name,
      outside: diagnostic('ADOPT_OUTSIDE', { target: name, reason: error.message, instead: error.instead }),
    };
  }
}

async function express(
  name: string,
  word: string,
  answer: JsonObject,
  sources: TargetSources,
): Promise<ExpressedTarget> {
  const members = new Members(answer, TARGET_MEMBERS);
  checkWritable(members);
  const mcp = members.peek('targetConfiguration', 'mcp');
  const [kind = ''] = isJsonObject(mcp) ? Object.keys(mcp) : [];
  const expressKind = TARGET_KINDS.get(kind);
  if (expressKind === undefined) {
    const what = kind === '' ? Object.keys(answer['targetConfiguration'] ?? {}).join(' and ') : kind;
    throw new Outside(`the construct has no kind of target for \`${what}\``, 'declare it beside the gateway by CDK');
  }
  const description = members.text('description') ?? '';
  const isRoleDefault = kind === 'lambda' || kind === 'smithyModel';
  const credentialType = credentialTypeOf(members);
  const credentials = expressCredentials(members, isRoleDefault);
  const options = {
    description: description === '' ? undefined : literal(description),
    credentials: credentials.code,
    allowedRequestHeaders: texts(members, 'allowedRequestHeaders'),
    allowedResponseHeaders: texts(members, 'allowedResponseHeaders'),
    ...(QUERIES.has(kind) && { allowedQueryParameters: texts(members, 'allowedQueryParameters') }),
  };
  const said = await expressKind({ name, word, id: id(word), members, credentialType, sources });
  const { overrides, lost } = splitRest(members.rest(), 'target');
  if (lost.length > 0) {
    throw new Outside(`CloudFormation has no property for its ${lost.join(' and ')}`, 'keep it as it is');
  }
  const given = { ...options, ...said.options };
  const isEmpty = Object.values(given).every((one) => one === undefined);
  return {
    name,
    constants: [...credentials.constants, ...said.constants],
    tools: call(said.factory, isEmpty ? said.args : [...said.args, object(given)], 'Tools'),
    overrides,
    files: said.files,
    catalog: { ...said.catalog, name },
    notes: [...said.notes, ...keptNote(name, Object.keys(overrides))],
  };
}

/** Kinds whose options take query parameters. */
const QUERIES: ReadonlySet<string> = new Set(['openApiSchema', 'smithyModel', 'apiGateway']);

function checkWritable(members: Members): void {
  for (const { path, value } of members.rest()) {
    const secret = secretIn(value, path.join('.'));
    if (secret === undefined) continue;
    throw new Outside(
      `\`${secret}\` looks like a secret, which no file may hold`,
      'put the secret into a credential provider of AgentCore Identity and run `adopt` again',
    );
  }
}

function credentialTypeOf(members: Members): string | undefined {
  const found = members.peek('credentialProviderConfigurations');
  const [first] = Array.isArray(found) ? found.filter(isJsonObject) : [];
  return first === undefined ? undefined : textMember(first, 'credentialProviderType');
}

function texts(members: Members, name: string): Code | undefined {
  const found = members.texts('metadataConfiguration', name);
  return found.length === 0 ? undefined : literal(found);
}

function keptNote(name: string, members: readonly string[]): Diagnostic[] {
  return members.length === 0 ? [] : [diagnostic('ADOPT_KEPT', { what: `target \`${name}\``, members })];
}

function id(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
