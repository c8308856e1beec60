import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { JsonObject } from '../contract/json';
import { LIMITS } from '../contract/limits';
import { joinToolName } from '../contract/tool-name';
import type { TrustedField as ResolvedField } from '../contract/trusted-context';
import { collectFindings } from '../diagnostics/collect';
import { type Diagnostic, diagnostic, hasErrors } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';
import { suggest } from '../diagnostics/suggest';
import type { PolicySource } from '../policy/source/source';
import { acknowledgeInvoke } from './findings/acknowledge';
import { reportAtSynth } from './findings/synth-findings';
import { allowLogs } from './functions/key-access';
import { createGateway } from './gateway-resource';
import { GatewayRole } from './gateway-role';
import type { GovernedGatewayProps } from './governed-gateway-props';
import type { BoundIdentity } from './identity/bound-identity';
import { GatewayInterceptors } from './interceptors/gateway-interceptors';
import { gatewayManifest } from './manifest/gateway-manifest';
import { addOutputs } from './manifest/gateway-outputs';
import { writeManifest } from './manifest/manifest-file';
import { EnforcementMode } from './policies/enforcement-mode';
import { GovernedPolicies } from './policies/governed-policies';
import { type CompiledPolicies, compilePolicies } from './policies/policy-compilation';
import { checkProps, checkTypes, type ResolvedProps, resolveProps } from './resolve-props';
import { GovernedTarget } from './targets/governed-target';
import type { Tools } from './targets/tools';

/**
 * An AgentCore gateway that is governed: callers are authenticated, every call is decided by Cedar policies that were checked at synth
 * against the gateway's own tools, and arguments that the agent must not choose are filled in by an interceptor.
 *
 * Creation order in the template: rights of the gateway's role, policy engine, gateway with the engine attached, targets, policy set.
 * The gateway is never open in between: under ENFORCE, an engine without policies denies everything.
 */
export class GovernedGateway extends Construct {
  /** Mode of the policy engine. */
  readonly mode: EnforcementMode;
  /** The underlying gateway of aws-cdk-lib. */
  readonly gateway: agentcore.Gateway;
  readonly gatewayId: string;
  readonly gatewayArn: string;
  /** Where MCP clients connect. */
  readonly gatewayUrl: string;
  readonly gatewayName: string;
  /** The gateway's execution role. */
  readonly role: iam.IRole;
  readonly policyEngineId: string;
  readonly policyEngineArn: string;
  /** The user pool, if the identity is one. */
  readonly userPool?: cognito.IUserPool;
  /** Client with which people sign in: authorization code with PKCE, no secret. */
  readonly peopleClient?: cognito.IUserPoolClient;
  /** Client for machines: client credentials. */
  readonly machineClient?: cognito.IUserPoolClient;
  /** URL at which clients get tokens; undefined if it is not known. */
  readonly tokenEndpointUrl?: string;
  /** OpenID Connect discovery document of the issuer; undefined on gateways without tokens. */
  readonly discoveryUrl?: string;

  private readonly identity: BoundIdentity;
  private readonly resolved: ResolvedProps;
  private readonly governedPolicies: GovernedPolicies;
  private readonly interceptors: GatewayInterceptors;
  private readonly governedTargets = new Map<string, GovernedTarget>();
  private readonly sources: PolicySource[] = [];
  /** Forgotten whenever a target or a source is added. */
  private compilation: CompiledPolicies | undefined;

  constructor(scope: Construct, id: string, props: GovernedGatewayProps) {
    super(scope, id);
    checkTypes(props);
    const resolved = resolveProps(this, props);
    const findings = checkProps(props, resolved);
    if (findings.length > 0) throw new GovernanceError(findings);
    this.resolved = resolved;
    this.mode = resolved.mode;
    this.gatewayName = resolved.gatewayName;
    this.sources.push(...(props.policies ?? []));
    if (resolved.encryptionKey) allowLogs(this, resolved.encryptionKey);

    this.identity = resolved.identity._bind(this, resolved);
    this.userPool = this.identity.userPool;
    this.peopleClient = this.identity.peopleClient;
    this.machineClient = this.identity.machineClient;
    this.tokenEndpointUrl = this.identity.tokenEndpointUrl;
    this.discoveryUrl = this.identity.discoveryUrl;
    const role = this.createRole(props.policyEngine);
    this.role = role.role;
    this.governedPolicies = new GovernedPolicies(this, 'Policies', {
      resolved,
      existingEngine: props.policyEngine,
      after: [role.attachment],
      compiled: () => this.compiled(),
    });
    this.policyEngineId = this.governedPolicies.policyEngineId;
    this.policyEngineArn = this.governedPolicies.policyEngineArn;
    this.interceptors = new GatewayInterceptors(this, 'Interceptors', {
      props,
      resolved,
      gateway: () => ({ authorization: this.identity.authorization, inputSchemas: this.inputSchemas() }),
    });

    this.gateway = createGateway(this, 'Resource', {
      resolved,
      description: props.description,
      instructions: props.instructions,
      exceptionLevel: props.exceptionLevel,
      role: this.role,
      authorizer: this.identity.authorizer,
      authorizerOverrides: this.identity.authorizerOverrides,
      policyEngineArn: this.policyEngineArn,
      interceptors: this.interceptors.lambdaInterceptors(),
    });
    this.gateway.node.addDependency(role.attachment, ...this.interceptors.allowInvoke(this.role));
    acknowledgeInvoke(this.role, ...this.interceptors.functions());
    this.gatewayId = this.gateway.gatewayId;
    this.gatewayArn = this.gateway.gatewayArn;
    this.gatewayUrl = this.gateway.gatewayUrl as string;
    this.governedPolicies.attach(this.gateway);

    collectFindings(Object.entries(props.targets ?? {}), ([name, tools]) => this.addTarget(name, tools));
    const outputs = addOutputs(this, {
      GatewayUrl: this.gatewayUrl,
      GatewayId: this.gatewayId,
      PolicyEngineId: this.policyEngineId,
      ...this.identity.outputs,
    });
    reportAtSynth(this, () => this.findings());
    writeManifest(this, () => ({
      manifest: gatewayManifest(this, {
        props,
        resolved,
        outputs,
        identity: this.identity,
        targets: this.targets(),
        trustedFields: this.trustedFields(),
        interceptors: this.interceptors,
        compiled: this.compiled(),
      }),
      schemaText: this.compiled().schemaText,
      local: props.local,
    }));
  }

  /**
   * Adds a gateway target. Its name becomes part of every tool name and Cedar action below it.
   *
   * Throws a GovernanceError when the name is taken or not allowed, or when the tools cannot be published.
   */
  addTarget(name: string, tools: Tools): GovernedTarget {
    if (this.governedTargets.has(name)) throw GovernanceError.of('GATEWAY_DUPLICATE_TARGET', { name });
    const target = new GovernedTarget(this, `Target-${name}`, {
      gateway: this.gateway,
      targetName: name,
      tools,
      trustedFields: (names) => this.interceptors.trustedFields(names),
      logs: this.resolved,
    });
    this.governedTargets.set(name, target);
    if (target.function) acknowledgeInvoke(this.role, target.function);
    this.governedPolicies.waitFor(target);
    this.compilation = undefined;
    return target;
  }

  /** A target by name. Throws a GovernanceError, with the nearest name, when there is none. */
  target(name: string): GovernedTarget {
    const target = this.governedTargets.get(name);
    if (target !== undefined) return target;
    const targets = [...this.governedTargets.keys()];
    throw GovernanceError.of('GATEWAY_UNKNOWN_TARGET', { name, targets, suggestion: suggest(name, targets) });
  }

  /** Adds policies, for example statements that were built from `target.tool('name')`. */
  addPolicies(...sources: PolicySource[]): void {
    this.sources.push(...sources);
    this.compilation = undefined;
  }

  /** Lets an IAM principal invoke the gateway. Callers of a JWT gateway need a token instead. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.gateway.grantInvoke(grantee);
  }

  private createRole(existingEngine: agentcore.IPolicyEngine | undefined): GatewayRole {
    const { gatewayName, engineFamily, encryptionKey } = this.resolved;
    return new GatewayRole(this, 'Role', { gatewayName, engineFamily, existingEngine, encryptionKey });
  }

  private targets(): GovernedTarget[] {
    return [...this.governedTargets.values()];
  }

  private toolNames(): string[] {
    return this.targets().flatMap(({ targetName, tools }) => tools.map((tool) => joinToolName(targetName, tool)));
  }

  private trustedFields(): readonly ResolvedField[] {
    return this.interceptors.trustedFields(this.toolNames());
  }

  private inputSchemas(): { readonly [tool: string]: JsonObject } {
    const catalog = this.targets().map((target) => target._catalogTarget());
    return Object.fromEntries(
      catalog.flatMap(({ name, tools }) => tools.map((tool) => [joinToolName(name, tool.name), tool.inputSchema])),
    );
  }

  private compiled(): CompiledPolicies {
    this.compilation ??= compilePolicies({
      sources: this.sources,
      targets: this.targets().map((target) => target._catalogTarget()),
      trustedFields: this.trustedFields(),
      claims: this.identity.claims,
      principalType: this.identity.principalType,
      mode: this.mode,
      nameSeed: this.resolved.engineName,
    });
    return this.compilation;
  }

  private findings(): readonly Diagnostic[] {
    const targets = this.targets();
    const findings = [
      ...targets.flatMap((target) => target._diagnostics()),
      ...this.interceptors.findings({
        authorization: this.identity.authorization,
        targets: targets.map((target) => target.targetName),
        requestHeaders: Object.fromEntries(targets.map((target) => [target.targetName, target._requestHeaders()])),
        tools: this.toolNames(),
        claims: this.identity.claims?.map((claim) => claim.name),
      }),
      ...this.compiled().diagnostics,
    ];
    if (targets.length > LIMITS.targetsPerGateway) {
      findings.push(diagnostic('GATEWAY_TOO_MANY_TARGETS', { count: targets.length, max: LIMITS.targetsPerGateway }));
    }
    const { declared, diagnostics } = this.compiled();
    if (this.mode === EnforcementMode.ENFORCE && !declared && !hasErrors(diagnostics)) {
      findings.push(diagnostic('GATEWAY_ENFORCE_WITHOUT_POLICIES', { path: this.node.path }));
    }
    return findings;
  }
}
