import type { FunctionManifest, GatewayManifest } from '../contract/manifest';
import type { DesiredPolicy } from '../contract/policy-set-document';
import type { Resolver } from '../contract/template-values';
import { deployedPolicies } from '../contract/tool-classes/deployed-policies';
import { joinToolName } from '../contract/tool-name';
import { withoutTrustedFields } from '../contract/trusted-context';
import { functionAccessKey } from './functions/environment';
import type { FunctionHost } from './functions/host';
import type { LocalFunction } from './functions/local-function';
import { createIdentityProvider, type IdentityProvider } from './identity/provider';
import type { SigningKey } from './identity/signing-key';
import { tokenCheck } from './identity/token-check';
import { directoryOf } from './identity/users';
import type { Sessions } from './mcp/sessions';
import { textIndex } from './mcp/text-index';
import type { DenialLog } from './observe/denial-log';
import type { ResolvedSwitches } from './options';
import { policyDecider } from './policy/decider';
import type { LiveChanges } from './policy/live-changes';
import { type LocalSecrets, provenPolicies } from './policy/local-proof';
import type { GatewayTool, ServingGateway } from './serving-gateway';
import type { Answers } from './targets/answers';
import { type EndpointChoice, endpointOf, targetCaller } from './targets/callers';
import type { TargetCaller } from './targets/target';
import { resolverOf } from './template-values';

/** Name of a function of the application: a role, or `tool:` and the target's name. */
export type FunctionName =
  | 'request-interceptor'
  | 'response-interceptor'
  | 'pre-token-generation'
  | 'block-notices'
  | `tool:${string}`;

/** Functions that the manifest names. */
export function functionsOf(manifest: GatewayManifest): [FunctionName, FunctionManifest][] {
  const { request, response } = manifest.interceptors;
  const trigger = manifest.identity.preTokenGeneration;
  const found: [FunctionName, FunctionManifest | undefined][] = [
    ['request-interceptor', request],
    ['response-interceptor', response],
    ['pre-token-generation', trigger],
    ['block-notices', manifest.local.notices],
    ...manifest.targets.map((target): [FunctionName, FunctionManifest | undefined] => [
      `tool:${target.name}`,
      target.function,
    ]),
  ];
  return found.flatMap(([name, one]): [FunctionName, FunctionManifest][] => (one === undefined ? [] : [[name, one]]));
}

/** Role ARNs of the functions by the access key ids that they sign with. */
export function functionRoles(manifest: GatewayManifest): Map<string, string> {
  const resolve = resolverOf(manifest);
  return new Map(
    functionsOf(manifest).flatMap(([name, { role }]): [string, string][] =>
      role === undefined ? [] : [[functionAccessKey(name), resolve(role)]],
    ),
  );
}

/** What stays the same while an emulator runs, whatever is reloaded. */
export interface ApplicationContext {
  readonly baseUrl: string;
  readonly issuer: string;
  readonly host: FunctionHost;
  readonly key: SigningKey;
  readonly switches: ResolvedSwitches;
  readonly secrets: LocalSecrets;
  readonly choice: EndpointChoice;
  readonly answers: Answers;
  readonly sessions: Sessions | undefined;
  readonly explains: boolean;
  readonly denials: DenialLog;
  readonly changes: LiveChanges;
  readonly clock: () => Date;
  readonly warn: (text: string) => void;
}

/** One version of the application, as it serves. */
export interface Application {
  /** As declared. What serves may differ, see `LiveChanges`. */
  readonly manifest: GatewayManifest;
  readonly policies: readonly DesiredPolicy[];
  /** The declared policies as the engine has them, with what interceptors prove. */
  readonly deployed: readonly DesiredPolicy[];
  readonly functions: ReadonlyMap<FunctionName, LocalFunction>;
  readonly gateway: ServingGateway;
  readonly provider: IdentityProvider;
}

/** Puts an application together. Throws a GovernanceError when its policies or tools are broken. */
export function assemble(
  manifest: GatewayManifest,
  policies: readonly DesiredPolicy[],
  functions: ReadonlyMap<FunctionName, LocalFunction>,
  context: ApplicationContext,
): Application {
  const resolve = resolverOf(manifest);
  const { switches, clock, issuer, key } = context;
  const tools = toolsOf(manifest);
  const provider = createIdentityProvider({
    issuer,
    key,
    identity: manifest.identity,
    directory: directoryOf(manifest.identity, manifest.local.personas, resolve),
    trigger: functions.get('pre-token-generation'),
    clock,
  });
  const serving = context.changes.applied(manifest, policies);
  const proven = (all: readonly DesiredPolicy[]): readonly DesiredPolicy[] =>
    provenPolicies(all, manifest, context.secrets, resolve);
  const gateway: ServingGateway = {
    manifest: serving,
    baseUrl: context.baseUrl,
    switches,
    clock,
    checkToken: tokenCheck(manifest.identity, key, issuer, resolve, clock),
    policies: policyDecider(serving, proven(serving.policies), switches),
    requestInterceptor: functions.get('request-interceptor'),
    responseInterceptor: functions.get('response-interceptor'),
    tools,
    toolIndex: textIndex([...tools.values()].map(({ definition }) => searchable(definition, manifest))),
    targets: callers(manifest, functions, context, resolve),
    sessions: context.sessions,
    deployed: deployedPolicies(serving.policies, serving.targets),
    explains: context.explains,
    denials: context.denials,
    warn: context.warn,
  };
  const deployed = deployedPolicies(proven(policies), manifest.targets);
  return { manifest, policies, deployed, functions, gateway, provider };
}

function toolsOf(manifest: GatewayManifest): Map<string, GatewayTool> {
  const tools = new Map<string, GatewayTool>();
  for (const target of manifest.targets) {
    for (const { classes: _, ...tool } of target.tools) {
      const name = joinToolName(target.name, tool.name);
      tools.set(name, { definition: { ...tool, name }, target: target.name });
    }
  }
  return tools;
}

/** An agent cannot look for what it may not see. */
function searchable(definition: GatewayTool['definition'], manifest: GatewayManifest): GatewayTool['definition'] {
  const hidden = manifest.trustedContext.filter((field) => field.tools.includes(definition.name));
  const names = new Set(hidden.map((field) => field.name));
  return { ...definition, inputSchema: withoutTrustedFields(definition.inputSchema, names) };
}

function callers(
  manifest: GatewayManifest,
  functions: ReadonlyMap<FunctionName, LocalFunction>,
  context: ApplicationContext,
  resolve: Resolver,
): Map<string, TargetCaller> {
  return new Map(
    manifest.targets.map((target): [string, TargetCaller] => [
      target.name,
      targetCaller(target, {
        tool: functions.get(`tool:${target.name}`),
        endpoint: endpointOf(target, context.choice, resolve),
        answers: context.answers,
      }),
    ]),
  );
}
