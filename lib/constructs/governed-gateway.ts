import { type CfnElement, Stack } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { PolicyNote } from '../contract/block-notices';
import { collectFindings } from '../diagnostics/collect';
import type { PolicySource } from '../policy/source/source';
import { reportAtSynth } from './findings/synth-findings';
import { allowLogs } from './functions/key-access';
import { createGateway, gatewayPart } from './gateway-resource';
import { GatewayRole } from './gateway-role';
import { GovernedGatewayBase } from './governed-gateway-base';
import type { GovernedGatewayProps } from './governed-gateway-props';
import type { GatewayFunctions, IGovernedGateway } from './i-governed-gateway';
import type { BoundIdentity } from './identity/bound-identity';
import { identityPart } from './identity/identity-part';
import { type GovernedGatewayAttributes, ImportedGateway } from './imported-gateway';
import { InterceptorProof } from './interceptor-proof/interceptor-proof';
import { GatewayInterceptors } from './interceptors/gateway-interceptors';
import { reliedOn, reliesOnInterceptors } from './interceptors/relied-on';
import { DenialsStep } from './interceptors/steps/denials';
import { addOutputs } from './manifest/gateway-outputs';
import { writeManifest } from './manifest/manifest-file';
import type { WatchedGateway } from './operations/guard/watched-gateway';
import type { Observability } from './operations/observability';
import type { GatewayPart } from './parts/gateway-part';
import type { GatewayView } from './parts/gateway-view';
import type { EnforcementMode } from './policies/enforcement-mode';
import { GovernedPolicies } from './policies/governed-policies';
import { resolveProps } from './resolve-props';
import type { GovernedTarget } from './targets/governed-target';
import { GovernedTargets } from './targets/governed-targets';
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

  private readonly identity: BoundIdentity;
  private readonly policies: GovernedPolicies;
  private readonly interceptors: GatewayInterceptors;
  private readonly targets: GovernedTargets;
  private readonly countsDenials: boolean;
  /** Forgotten whenever a target or a policy is added. */
  private currentView: GatewayView | undefined;

  constructor(scope: Construct, id: string, props: GovernedGatewayProps) {
    super(scope, id);
    const resolved = resolveProps(this, props);
    const {
      settings,
      identity,
      policies,
      interceptors,
      interceptorProof,
      targets,
      logs,
      observability,
      enforcementGuard,
      local,
    } = resolved;
    const { mode, gatewayName, encryptionKey } = settings;
    const { existingEngine, engine } = policies;
    const view = (): GatewayView => this.view();
    this.mode = mode;
    this.gatewayName = gatewayName;
    this.countsDenials = observability !== undefined;
    if (encryptionKey) allowLogs(this, encryptionKey);

    this.identity = identity._bind(this, { gatewayName: resolved.identityName, ...logs });
    this.userPool = this.identity.userPool;
    this.peopleClient = this.identity.peopleClient;
    this.machineClients = this.identity.machineClients;
    this.tokenEndpointUrl = this.identity.tokenEndpointUrl;
    this.discoveryUrl = this.identity.discoveryUrl;

    const proof =
      reliesOnInterceptors(interceptors) && this.identity.authorization !== 'none'
        ? new InterceptorProof(this, 'Proof', {
            ...interceptorProof,
            encryptionKey,
            reliedOn: () => reliedOn(this, interceptors),
          })
        : undefined;
    const names = { gatewayName, engineFamily: engine.engineFamily };
    const { role, attachment } = new GatewayRole(this, 'Role', { ...names, existingEngine, encryptionKey });
    this.role = role;
    const after = [attachment];
    this.policies = new GovernedPolicies(this, 'Policies', {
      ...policies,
      mode,
      gatewayName,
      logs,
      after,
      view,
      proof,
    });
    this.policyEngineId = this.policies.policyEngineId;
    this.policyEngineArn = this.policies.policyEngineArn;
    const observers = observability ? [this.denialsStep(observability)] : [];
    const steps = [...interceptors.steps, ...observers];
    this.interceptors = new GatewayInterceptors(this, 'Interceptors', { ...interceptors, steps, logs, view, proof });

    this.gateway = createGateway(this, settings.resourceId, {
      settings,
      role,
      authorizer: this.identity.authorizer,
      authorizerOverrides: this.identity.authorizerOverrides,
      discoveryUrl: this.discoveryUrl,
      policyEngineArn: this.policyEngineArn,
      interceptors: this.interceptors.lambdaInterceptors(),
    });
    this.gateway.node.addDependency(attachment, ...this.interceptors.allowInvoke(role));
    this.gatewayId = this.gateway.gatewayId;
    this.gatewayArn = this.gateway.gatewayArn;
    this.gatewayUrl = this.gateway.gatewayUrl as string;
    this.policies.attach(this.gateway);

    const { gateway } = this;
    const trustedFields = this.interceptors.trustedFields.bind(this.interceptors);
    this.targets = new GovernedTargets(this, { gateway, trustedFields, logs });
    collectFindings(Object.entries(targets), ([name, tools]) => this.addTarget(name, tools));

    const policyNotes = (): PolicyNote[] =>
      this.view().compiled.policies.map(({ name, description, origin }) => ({ name, description, file: origin.file }));
    observability?._bind(new Construct(this, 'Observability'), this, { mode, kept: logs, policies: { policyNotes } });
    enforcementGuard?._bind(this, 'EnforcementGuard', this.watched(role), logs);

    const parts: GatewayPart[] = [
      gatewayPart(this, gateway, settings),
      identityPart(this, this.identity),
      this.targets,
      this.interceptors,
      this.policies,
    ];
    const outputs = addOutputs(this, parts);
    reportAtSynth(this, () => parts.flatMap((part) => part.findings?.(view()) ?? []));
    writeManifest(this, { parts: [...parts, { manifest: () => ({ outputs }) }], view, local });
  }

  get logGroups(): ILogGroup[] {
    return this.node.findAll().filter((node) => node instanceof LogGroup);
  }

  get functions(): GatewayFunctions {
    const tools = this.targets.all().flatMap((target) => target.function ?? []);
    const policyHandlers = this.policies.handlers;
    return { interceptors: this.interceptors.functions(), tools: [...new Set(tools)], policyHandlers };
  }

  get denialLogGroup(): ILogGroup | undefined {
    return this.countsDenials ? this.interceptors.responseLogGroup : undefined;
  }

  /**
   * Adds a gateway target. Its name becomes part of every tool name and Cedar action below it.
   *
   * Throws a GovernanceError when the name is taken or not allowed, or when the tools cannot be published.
   */
  addTarget(name: string, tools: Tools): GovernedTarget {
    const target = this.targets.add(name, tools);
    this.policies.waitFor(target);
    this.currentView = undefined;
    return target;
  }

  /** A target by name. Throws a GovernanceError, with the nearest name, when there is none. */
  target(name: string): GovernedTarget {
    return this.targets.target(name);
  }

  /** Adds policies, for example statements that were built from `target.tool('name')`. */
  addPolicies(...sources: PolicySource[]): void {
    this.policies.add(sources);
    this.currentView = undefined;
  }

  /**
   * Id of a policy on the service, for example to tell metrics and log records of it apart: a token, since the service makes ids.
   *
   * Policies have their `@id` here. At most 40 can be asked about.
   *
   * @param policy for example `lakehouse/login-audit`
   */
  policyId(policy: string): string {
    return this.policies.policyId(policy);
  }

  /** What counts denials, and writes them down for notices. */
  private denialsStep({ _maskedFields: maskedFields }: Observability): DenialsStep {
    const { gatewayName } = this;
    return new DenialsStep({ gatewayName, maskedFields, policies: () => this.view().compiled.policies });
  }

  private watched(role: iam.IRole): WatchedGateway {
    const gatewayLogicalId = Stack.of(this).getLogicalId(this.gateway.node.defaultChild as CfnElement);
    const { policyEngineArn } = this;
    return { gateway: this, gatewayLogicalId, role, policyEngineArn, ...this.policies.declaration() };
  }

  /** The gateway as it stands; complete at synthesis. */
  private view(): GatewayView {
    if (this.currentView !== undefined) return this.currentView;
    const targets = this.targets.catalog();
    const { authorization, principalType, claims, manifest } = this.identity;
    const trustedFields = this.interceptors.trustedFields(targets);
    const facts = {
      mode: this.mode,
      authorization,
      principalType,
      claims,
      groups: manifest.groups,
      targets,
      trustedFields,
    };
    const compiled = this.policies.compile(facts);
    this.currentView = { ...facts, requestHeaders: this.targets.requestHeaders(), compiled };
    return this.currentView;
  }
}
