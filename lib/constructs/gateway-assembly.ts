import { type CfnResource, Stack } from 'aws-cdk-lib';
import type * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { markGoverned } from '../contract/governed';
import type { IdentityManifest } from '../contract/manifest';
import type { PolicySource } from '../policy/source/source';
import { currentView } from './current-view';
import { allowLogs } from './functions/key-access';
import { createGateway, gatewayPart } from './gateway-resource';
import { GatewayRole } from './gateway-role';
import { type AddedBaseline, baselinesAbove, broughtPolicies } from './governance/added-baselines';
import { baselinePart } from './governance/baseline-part';
import type { JudgedGateway } from './governance/judged-gateway';
import { kept, type MadeResource } from './governance/made-resource';
import { touched } from './governance/touched';
import type { BoundIdentity } from './identity/bound-identity';
import { identityPart } from './identity/identity-part';
import { madeClients } from './identity/made-clients';
import { GatewayInterceptors } from './interceptors/gateway-interceptors';
import { proveInterceptors } from './interceptors/prove-interceptors';
import { DenialsStep } from './interceptors/steps/denials';
import type { GatewayPart } from './parts/gateway-part';
import type { GatewayView } from './parts/gateway-view';
import { GovernedPolicies } from './policies/governed-policies';
import type { ResolvedProps } from './resolved-props';
import type { GovernedTarget } from './targets/governed-target';
import { GovernedTargets } from './targets/governed-targets';
import type { Tools } from './targets/tools';

/**
 * The parts of a gateway and the gateway resource between them, made in the order in which the template creates them: role, policy engine,
 * interceptors, gateway, targets, policy set.
 */
export class GatewayAssembly {
  readonly identity: BoundIdentity;
  readonly role: iam.Role;
  readonly policies: GovernedPolicies;
  readonly interceptors: GatewayInterceptors;
  readonly gateway: agentcore.Gateway;
  readonly targets: GovernedTargets;
  /** All parts, the gateway itself among them. */
  readonly parts: readonly GatewayPart[];

  private readonly made: MadeResource[];
  /** Forgotten whenever a target, a policy or a baseline is added. */
  private current: { readonly view: GatewayView; readonly baselines: number } | undefined;

  constructor(
    private readonly scope: Construct,
    private readonly props: ResolvedProps,
  ) {
    const { settings, interceptors, logs } = props;
    const { mode, gatewayName, encryptionKey } = settings;
    const { existingEngine, engine } = props.policies;
    const view = (): GatewayView => this.view();
    if (encryptionKey) allowLogs(scope, encryptionKey);

    this.identity = props.identity._bind(scope, { gatewayName: props.identityName, ...logs });
    const { authorization, authorizer, authorizerOverrides, discoveryUrl } = this.identity;
    const options = props.interceptorProof;
    const proof = proveInterceptors(scope, 'Proof', { interceptors, authorization, options, encryptionKey });
    const names = { gatewayName, engineFamily: engine.engineFamily };
    const { role, attachment } = new GatewayRole(scope, 'Role', { ...names, existingEngine, encryptionKey });
    this.role = role;
    const after = [attachment];
    this.policies = new GovernedPolicies(scope, 'Policies', {
      ...props.policies,
      ...{ mode, gatewayName, logs, after, view, proof },
      baselines: () => this.baselines().map(broughtPolicies),
    });
    const steps = [...interceptors.steps, ...this.observers()];
    this.interceptors = new GatewayInterceptors(scope, 'Interceptors', { ...interceptors, steps, logs, view, proof });

    this.gateway = createGateway(scope, settings.resourceId, {
      ...{ settings, role, authorizer, authorizerOverrides, discoveryUrl },
      policyEngineArn: this.policies.policyEngineArn,
      interceptors: this.interceptors.lambdaInterceptors(),
    });
    this.gateway.node.addDependency(attachment, ...this.interceptors.allowInvoke(role));
    markGoverned(this.gateway.node.defaultChild as CfnResource);
    this.policies.attach(this.gateway);
    this.made = [
      this.madeGateway(),
      ...this.interceptors.made(),
      ...this.policies.made(),
      ...madeClients(this.identity),
    ];

    const trustedFields = this.interceptors.trustedFields.bind(this.interceptors);
    this.targets = new GovernedTargets(scope, { gateway: this.gateway, trustedFields, logs });
    this.parts = [
      gatewayPart(scope, this.gateway, settings),
      identityPart(scope, this.identity),
      this.targets,
      this.interceptors,
      this.policies,
      baselinePart(
        () => this.baselines(),
        (seen) => this.judged(seen),
      ),
    ];
  }

  /** The gateway as it stands; complete at synthesis. */
  view(): GatewayView {
    const baselines = this.baselines().length;
    if (this.current?.baselines !== baselines) {
      this.current = { view: currentView(this.props.settings.mode, this), baselines };
    }
    return this.current.view;
  }

  addTarget(name: string, tools: Tools): GovernedTarget {
    const target = this.targets.add(name, tools);
    this.policies.waitFor(target);
    this.current = undefined;
    return target;
  }

  addPolicies(sources: readonly PolicySource[]): void {
    this.policies.add(sources);
    this.current = undefined;
  }

  /** Takes resources on which promises to a baseline rest, beside those of the parts. */
  keep(made: readonly MadeResource[]): void {
    this.made.push(...made);
  }

  private baselines(): AddedBaseline[] {
    return baselinesAbove(this.scope);
  }

  /** The gateway as baselines judge it. Only valid during synthesis. */
  private judged(view: GatewayView): JudgedGateway {
    const { scope, props } = this;
    const { identity } = this;
    const above = scope.node.scopes.flatMap(({ node }) => (node.id === '' ? [] : [node.id]));
    return {
      path: scope.node.path,
      environments: [...above, Stack.of(scope).account],
      view,
      identity: Stack.of(scope).resolve(identity.manifest) as IdentityManifest,
      isObserved: props.observability !== undefined,
      steps: this.interceptors.stepsForEveryTool(),
      touched: touched(scope, [...this.made, ...this.targets.made()]),
    };
  }

  private madeGateway(): MadeResource {
    const { policyEngineArn } = this.policies;
    const resource = this.gateway.node.defaultChild as CfnResource;
    return {
      what: 'the gateway',
      resource,
      kept: kept(resource, 'AuthorizerConfiguration', 'InterceptorConfigurations'),
      properties: {
        AuthorizerType: this.identity.authorizer.authorizerType,
        PolicyEngineConfiguration: { Arn: policyEngineArn, Mode: this.props.settings.mode },
      },
    };
  }

  /** What counts denials of an observed gateway, and writes them down for notices. */
  private observers(): DenialsStep[] {
    const { observability, settings } = this.props;
    if (observability === undefined) return [];
    const policies = () => this.view().compiled.deployed;
    return [
      new DenialsStep({ gatewayName: settings.gatewayName, maskedFields: observability._maskedFields, policies }),
    ];
  }
}
