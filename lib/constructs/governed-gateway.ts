import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { collectFindings } from '../diagnostics/collect';
import type { PolicySource } from '../policy/source/source';
import { GatewayAssembly } from './gateway-assembly';
import { addWatchers } from './gateway-watchers';
import { GovernedGatewayBase } from './governed-gateway-base';
import type { GovernedGatewayProps } from './governed-gateway-props';
import type { GatewayFunctions, IGovernedGateway } from './i-governed-gateway';
import { type GovernedGatewayAttributes, ImportedGateway } from './imported-gateway';
import { publishParts } from './manifest/publish-parts';
import type { EnforcementMode } from './policies/enforcement-mode';
import { resolveProps } from './resolve-props';
import type { GovernedTarget } from './targets/governed-target';
import type { Tools } from './targets/tools';

/**
 * An AgentCore gateway that is governed: callers are authenticated, every call is decided by Cedar policies that were checked at synth
 * against the gateway's own tools, and arguments that the agent must not choose are filled in by an interceptor.
 *
 * Creation order in the template: rights of the gateway's role, policy engine, gateway with the engine attached, targets, policy set.
 * The gateway is never open in between: under ENFORCE, an engine without policies denies everything.
 *
 * @example
 * new GovernedGateway(this, 'Gateway', {
 *   mode: EnforcementMode.ENFORCE,
 *   targets: { notes: Tools.fromTypeScript('tools/notes.ts') },
 *   policies: [PolicySource.fromDirectory('policies')],
 * });
 */
export class GovernedGateway extends GovernedGatewayBase {
  /** A governed gateway of another app, by what its stack outputs. */
  static fromGovernedGatewayAttributes(
    scope: Construct,
    id: string,
    attributes: GovernedGatewayAttributes,
  ): IGovernedGateway {
    return new ImportedGateway(scope, id, attributes);
  }

  /** Mode of the policy engine. */
  readonly mode: EnforcementMode;
  /** The underlying gateway of aws-cdk-lib. */
  readonly gateway: agentcore.Gateway;
  readonly gatewayId: string;
  readonly gatewayArn: string;
  readonly gatewayUrl: string;
  readonly gatewayName: string;
  readonly role?: iam.IRole;
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  /** The user pool, if the identity is one. */
  readonly userPool?: cognito.IUserPool;
  /** Client with which people sign in: authorization code with PKCE, no secret. */
  readonly peopleClient?: cognito.IUserPoolClient;
  /** Clients for machines by name: client credentials, with a secret. */
  readonly machineClients: { readonly [name: string]: cognito.IUserPoolClient };
  /** URL at which clients get tokens; undefined if it is not known. */
  readonly tokenEndpointUrl?: string;
  /** Discovery document of the issuer; undefined on gateways without tokens. */
  readonly discoveryUrl?: string;

  private readonly assembly: GatewayAssembly;
  private readonly countsDenials: boolean;
  private readonly watch: (sources: readonly PolicySource[]) => void;

  constructor(scope: Construct, id: string, props: GovernedGatewayProps) {
    super(scope, id);
    const resolved = resolveProps(this, props);
    const assembly = new GatewayAssembly(this, resolved);
    const { gateway, identity, policies } = assembly;
    this.assembly = assembly;
    this.countsDenials = resolved.observability !== undefined;
    this.mode = resolved.settings.mode;
    this.gateway = gateway;
    this.gatewayId = gateway.gatewayId;
    this.gatewayArn = gateway.gatewayArn;
    this.gatewayUrl = gateway.gatewayUrl as string;
    this.gatewayName = resolved.settings.gatewayName;
    this.role = assembly.role;
    this.policyEngineId = policies.policyEngineId;
    this.policyEngineArn = policies.policyEngineArn;
    this.userPool = identity.userPool;
    this.peopleClient = identity.peopleClient;
    this.machineClients = identity.machineClients;
    this.tokenEndpointUrl = identity.tokenEndpointUrl;
    this.discoveryUrl = identity.discoveryUrl;

    collectFindings(Object.entries(resolved.targets), ([name, tools]) => this.addTarget(name, tools));
    const watchers = addWatchers(this, assembly, resolved);
    this.watch = watchers.watch;
    this.watch(resolved.policies.sources);
    publishParts(this, {
      parts: [...assembly.parts, ...watchers.parts],
      view: () => assembly.view(),
      local: resolved.local,
    });
  }

  get logGroups(): ILogGroup[] {
    return this.node.findAll().filter((node) => node instanceof LogGroup);
  }

  get functions(): GatewayFunctions {
    const { targets, interceptors, policies } = this.assembly;
    const tools = targets.all().flatMap((target) => target.function ?? []);
    return { interceptors: interceptors.functions(), tools: [...new Set(tools)], policyHandlers: policies.handlers };
  }

  get denialLogGroup(): ILogGroup | undefined {
    return this.countsDenials ? this.assembly.interceptors.responseLogGroup : undefined;
  }

  /**
   * Adds a gateway target. Its name becomes part of every tool name and Cedar action below it.
   *
   * Throws a GovernanceError when the name is taken or not allowed, or when the tools cannot be published.
   */
  addTarget(name: string, tools: Tools): GovernedTarget {
    return this.assembly.addTarget(name, tools);
  }

  /** A target by name. Throws a GovernanceError, with the nearest name, when there is none. */
  target(name: string): GovernedTarget {
    return this.assembly.targets.target(name);
  }

  /** Adds policies, for example statements that were built from `target.tool('name')`. */
  addPolicies(...sources: PolicySource[]): void {
    this.assembly.addPolicies(sources);
    this.watch(sources);
  }

  /**
   * Id of a policy on the service, for example to tell metrics and log records of it apart: a token, since the service makes ids.
   *
   * Policies have their `@id` here. At most 40 can be asked about.
   *
   * @param policy for example `lakehouse/login-audit`
   */
  policyId(policy: string): string {
    return this.assembly.policies.policyId(policy);
  }
}
