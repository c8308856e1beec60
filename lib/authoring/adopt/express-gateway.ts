import type { EnforcementMode } from '../../contract/decision';
import { UPDATE_MEMBERS } from '../../contract/gateway-update';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json';
import { MCP_PROTOCOL_VERSIONS } from '../../contract/mcp';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { type Code, call, list, literal, object, verbatim } from '../project/code';
import { expressIdentity } from './express-identity';
import type { Constant, Overrides } from './expressed';
import { Members } from './members';
import { splitRest } from './overrides';
import type { AdoptableGateway } from './read-adoptable';

/** The gateway without its targets, as props of the construct. */
export interface ExpressedGateway {
  readonly props: { readonly [name: string]: Code | undefined };
  readonly mode: EnforcementMode;
  readonly authorization: 'jwt' | 'iam' | 'none';
  readonly semanticSearch: boolean;
  readonly constants: readonly Constant[];
  readonly overrides: Overrides;
  /** Functions of interceptors, by the names of their constants. */
  readonly invoked: readonly string[];
  readonly notes: readonly Diagnostic[];
}

const MCP = ['protocolConfiguration', 'mcp'] as const;

export function expressGateway(adopted: AdoptableGateway): ExpressedGateway {
  const members = new Members(adopted.gateway, UPDATE_MEMBERS);
  const identity = expressIdentity(members);
  const interceptors = interceptorFunctions(members.peek('interceptorConfigurations'));
  const semanticSearch = members.peek(...MCP, 'searchType') === 'SEMANTIC';
  if (semanticSearch) members.take(...MCP, 'searchType');
  members.take('protocolType');
  const role = members.text('roleArn') ?? '';
  const mode = members.text('policyEngineConfiguration', 'mode') === 'ENFORCE' ? 'ENFORCE' : 'LOG_ONLY';
  members.take('policyEngineConfiguration', 'arn');
  const { engineArn } = adopted;
  const props = {
    mode: verbatim(`EnforcementMode.${mode}`, 'EnforcementMode'),
    gatewayName: literal(members.text('name') ?? adopted.name),
    description: text(members.text('description')),
    identity: identity.code,
    instructions: text(members.text(...MCP, 'instructions')),
    protocolVersions: protocolVersions(members.texts(...MCP, 'supportedVersions')),
    semanticSearch: semanticSearch ? undefined : literal(false),
    sessionTimeout: sessionTimeout(members),
    responseStreaming: isOn(members, 'streamingConfiguration', 'enableResponseStreaming') ? literal(true) : undefined,
    toolListPagination: isOn(members, 'disableMcpListToolsPagination') ? literal(false) : undefined,
    exceptionLevel: exceptionLevel(members.text('exceptionLevel')),
    encryptionKey: imported('kms.Key.fromKeyArn', 'Key', members.text('kmsKeyArn'), 'kms'),
    policyEngine: engineArn === undefined ? undefined : engine(engineArn),
    tags: ownTags(adopted.tags),
  };
  const { overrides, lost } = splitRest(members.rest(), 'gateway');
  return {
    props,
    mode,
    authorization: identity.authorization,
    semanticSearch,
    constants: interceptors,
    overrides,
    invoked: interceptors.map(({ name }) => name),
    notes: [
      ...identity.notes,
      diagnostic('ADOPT_ROLE', { role }),
      ...(interceptors.length === 0 ? [] : [diagnostic('ADOPT_INTERCEPTORS', { count: interceptors.length })]),
      ...notesOf(adopted, Object.keys(overrides), lost),
    ],
  };
}

function notesOf(adopted: AdoptableGateway, kept: readonly string[], lost: readonly string[]): Diagnostic[] {
  const { rateLimits, gateway, tags, engineArn, name } = adopted;
  const members = kept.filter((member) => member !== 'InterceptorConfigurations');
  const stack = tags['aws:cloudformation:stack-name'];
  const webAcl = gateway['webAclArn'];
  const beside = [
    ...(rateLimits.length > 0 ? [`its ${rateLimits.length} rate limits`] : []),
    ...(typeof webAcl === 'string' ? [`its web ACL ${webAcl}`] : []),
  ];
  return [
    ...(members.length > 0 ? [diagnostic('ADOPT_KEPT', { what: `gateway \`${name}\``, members })] : []),
    ...(lost.length > 0 ? [diagnostic('ADOPT_LOST', { members: lost })] : []),
    ...beside.map((what) => diagnostic('ADOPT_BESIDE', { what })),
    ...(stack === undefined ? [] : [diagnostic('ADOPT_IN_STACK', { stack })]),
    ...(engineArn === undefined ? [diagnostic('ADOPT_WITHOUT_ENGINE', {})] : []),
  ];
}

/** Functions that run before and after calls, so that the gateway's new role may invoke them. */
function interceptorFunctions(configurations: JsonValue | undefined): Constant[] {
  const found = Array.isArray(configurations) ? configurations.filter(isJsonObject) : [];
  const arns = found.flatMap(({ interceptor }) => {
    const lambda = isJsonObject(interceptor) ? interceptor['lambda'] : undefined;
    return isJsonObject(lambda) && typeof lambda['arn'] === 'string' ? [lambda['arn']] : [];
  });
  return [...new Set(arns)].map((functionArn, index) => ({
    name: `interceptor${index + 1}`,
    value: importedFunction(`Interceptor${index + 1}`, functionArn),
  }));
}

/** A function by its ARN, to which rights are granted by the role alone. */
export function importedFunction(id: string, functionArn: string): Code {
  const attributes = object({ functionArn: literal(functionArn), sameEnvironment: literal(true) });
  return call('lambda.Function.fromFunctionAttributes', [verbatim('this'), literal(id), attributes], 'lambda');
}

function text(value: string | undefined): Code | undefined {
  return value === undefined || value === '' ? undefined : literal(value);
}

function imported(factory: string, id: string, arn: string | undefined, module: string): Code | undefined {
  return arn === undefined || arn === ''
    ? undefined
    : call(factory, [verbatim('this'), literal(id), literal(arn)], module);
}

function engine(policyEngineArn: string): Code {
  const attributes = object({ policyEngineArn: literal(policyEngineArn) });
  const factory = 'agentcore.PolicyEngine.fromPolicyEngineAttributes';
  return call(factory, [verbatim('this'), literal('Engine'), attributes], 'agentcore');
}

function protocolVersions(versions: readonly string[]): Code | undefined {
  const isDefault = versions.length === 0 || [...versions].sort().join() === [...MCP_PROTOCOL_VERSIONS].sort().join();
  if (isDefault) return undefined;
  return list(versions.map((version) => call('agentcore.MCPProtocolVersion.of', [literal(version)], 'agentcore')));
}

function sessionTimeout(members: Members): Code | undefined {
  const path = [...MCP, 'sessionConfiguration', 'sessionTimeoutInSeconds'];
  const seconds = members.peek(...path);
  if (typeof seconds !== 'number') return undefined;
  members.take(...path);
  return call('Duration.seconds', [literal(seconds)], 'Duration');
}

function isOn(members: Members, ...path: readonly string[]): boolean {
  const isTrue = members.peek(...MCP, ...path) === true;
  if (isTrue) members.take(...MCP, ...path);
  return isTrue;
}

function exceptionLevel(level: string | undefined): Code | undefined {
  if (level === undefined || level === '') return undefined;
  return call('agentcore.GatewayExceptionLevel.of', [literal(level)], 'agentcore');
}

/** Those of AWS nobody else may write. */
function ownTags(tags: { readonly [key: string]: string }): Code | undefined {
  const own: JsonObject = Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
  return Object.keys(own).length === 0 ? undefined : literal(own);
}
