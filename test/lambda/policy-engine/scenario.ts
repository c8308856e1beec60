import type { ProofSecret } from '../../../lambda/policy-engine/dependencies';
import { OAUTH_USER } from '../../../lib/contract/claims';
import { POLICY_ENGINE_RESOURCE_TYPE, POLICY_SET_RESOURCE_TYPE } from '../../../lib/contract/custom-resources';
import type { JsonObject } from '../../../lib/contract/json';
import { type Lock, lockPolicy } from '../../../lib/contract/lock';
import type { PolicyEngineEnvironment } from '../../../lib/contract/policy-engine-environment';
import { type DesiredPolicy, documentHash } from '../../../lib/contract/policy-set-document';
import { policyNameOf } from '../../../lib/contract/service-id';
import { ControlPlane } from '../../doubles/control-plane/control-plane';
import type { ControlPlaneOptions } from '../../doubles/control-plane/options';
import type { PolicyView } from '../../doubles/control-plane/policy-store';
import { VirtualClock } from '../../doubles/control-plane/virtual-clock';
import { Provider, type ProviderOptions, STACK_ID, type TickPlan } from './provider';
import { type DeployResult, Stack, type StackOptions, type Template } from './stack';

export const ENGINE_NAME = 'notes_engine';
export const GATEWAY_ID = 'notes-0123456789';
export const GATEWAY_ARN = gatewayArn(GATEWAY_ID);
export const MARKER = 'Notes/Gateway';
export const FINGERPRINT = 'fingerprint';

export function gatewayArn(gatewayId: string): string {
  return `arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/${gatewayId}`;
}

/** A desired policy on the tool `notes___read`, with what matters to a test. */
export function policy(name: string, change: Partial<DesiredPolicy> & { readonly body?: string } = {}): DesiredPolicy {
  const { body = 'when { principal.hasTag("role") };', ...rest } = change;
  const effect = rest.effect ?? 'permit';
  const scope = `${effect}(principal is AgentCore::OAuthUser, action == AgentCore::Action::"notes___read", `;
  return {
    id: `notes/${name}`,
    name,
    effect,
    statementParts: [`${scope}resource == AgentCore::Gateway::"`, `") ${body}`],
    validationMode: 'FAIL_ON_ANY_FINDINGS',
    enforcementMode: 'ACTIVE',
    origin: { file: `policies/${name}.cedar`, line: 3, column: 1 },
    ...rest,
  };
}

/** A body that the service accepts, and that differs by its text. */
export function body(text: string): string {
  return `when { principal.hasTag("role") && principal.getTag("role") == "${text}" };`;
}

/** A body that fails the service's schema check. */
export const BAD_BODY = 'when { context.input.limit > 3 };';

export interface ScenarioOptions extends StackOptions {
  readonly service?: Partial<ControlPlaneOptions>;
  readonly tick?: () => TickPlan;
  readonly retainEngine?: boolean;
  readonly proofSecret?: ProofSecret;
  /** Whether the engine was passed in. */
  readonly shared?: boolean;
  /** Of the handlers. */
  readonly environment?: Partial<PolicyEngineEnvironment>;
}

/** Environment of the handlers of the stack: what they are responsible for. */
export const ENVIRONMENT: PolicyEngineEnvironment = {
  STACK_ID,
  ENGINE_LOGICAL_ID: 'Engine',
  SET_LOGICAL_ID: 'Set',
  ENGINE_IDS: '*_engine-??????????,gone-0123456789',
  OWNS_ENGINE: 'true',
  GATEWAY_ARN: 'arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/*-0123456789',
  OWNER: MARKER,
  DOCUMENT_BUCKET: 'assets',
  DOCUMENT_PREFIX: 'policies-',
};

/** A stack with engine, gateway and policy set on a control plane of its own. */
export class Scenario {
  readonly clock = new VirtualClock();
  readonly controlPlane: ControlPlane;
  readonly objects = new Map<string, string>();
  readonly provider: Provider;
  readonly stack: Stack;

  constructor(private readonly options: ScenarioOptions = {}) {
    this.controlPlane = new ControlPlane(this.clock, options.service);
    this.provider = new Provider({ ...this.shared, ...(options.tick && { tick: options.tick }) });
    this.stack = new Stack(this.provider, {
      ...options,
      afterEach: (logicalId, data) => {
        const arn = data['PolicyEngineArn'];
        if (logicalId === 'Engine' && arn !== undefined) this.attach(arn);
        options.afterEach?.(logicalId, data);
      },
    });
  }

  private get shared(): ProviderOptions {
    const { clock, controlPlane, objects, options } = this;
    const environment = { ...ENVIRONMENT, OWNS_ENGINE: options.shared ? 'false' : 'true', ...options.environment };
    return { clock, controlPlane, objects, environment, proofSecret: options.proofSecret };
  }

  /** A provider on the same service whose ticks are left in peace. */
  plainProvider(): Provider {
    return new Provider(this.shared);
  }

  /** What the gateway's own resource does as soon as there is an engine. */
  attach(engineArn: string | undefined, gatewayId = GATEWAY_ID): void {
    this.controlPlane.gateways.set(gatewayId, {
      gatewayId,
      gatewayArn: gatewayArn(gatewayId),
      name: 'notes',
      tools: ['notes___read', 'notes___write'],
      interceptorConfigurations: [
        { interceptor: { lambda: { arn: 'arn:aws:lambda:us-east-1:123456789012:function:i' } } },
      ],
      ...(engineArn && { policyEngineConfiguration: { arn: engineArn, mode: 'ENFORCE' } }),
    });
  }

  /** Puts a document into the bucket. Its key is its content, as with assets. */
  document(
    policies: readonly DesiredPolicy[],
    proof = this.options.proofSecret && { fingerprint: FINGERPRINT },
  ): { DocumentKey: string; DocumentHash: string } {
    const text = JSON.stringify({ version: 1, policies, proof });
    const DocumentHash = documentHash(text);
    const DocumentKey = `policies-${DocumentHash}.json`;
    this.objects.set(`assets/${DocumentKey}`, text);
    return { DocumentKey, DocumentHash };
  }

  template(policies: readonly DesiredPolicy[], change: { engine?: JsonObject; set?: JsonObject } = {}): Template {
    const document = this.document(policies);
    return {
      Engine: {
        type: POLICY_ENGINE_RESOURCE_TYPE,
        properties: () => ({ EngineName: ENGINE_NAME, ...change.engine }),
        ...(this.options.retainEngine && { retain: true }),
      },
      Set: {
        type: POLICY_SET_RESOURCE_TYPE,
        properties: (attributes) => ({
          PolicyEngineId: attributes['Engine']?.['PolicyEngineId'] ?? '',
          ...setProperties(document),
          ...change.set,
        }),
      },
    };
  }

  /** A stack that puts its set into an engine that exists. */
  sharedTemplate(policyEngineId: string, policies: readonly DesiredPolicy[], set: JsonObject = {}): Template {
    const document = this.document(policies);
    return {
      Set: {
        type: POLICY_SET_RESOURCE_TYPE,
        properties: () => ({ PolicyEngineId: policyEngineId, ...setProperties(document), ...set }),
      },
    };
  }

  deploy(
    policies: readonly DesiredPolicy[],
    change: { engine?: JsonObject; set?: JsonObject } = {},
  ): Promise<DeployResult> {
    return this.clock.run(this.stack.deploy(this.template(policies, change)));
  }

  deployShared(
    policyEngineId: string,
    policies: readonly DesiredPolicy[],
    set: JsonObject = {},
  ): Promise<DeployResult> {
    return this.clock.run(this.stack.deploy(this.sharedTemplate(policyEngineId, policies, set)));
  }

  destroy(): Promise<DeployResult> {
    return this.clock.run(this.stack.destroy());
  }

  /** An engine that somebody else made, ready for use and attached. */
  async foreignEngine(name = 'shared_engine'): Promise<string> {
    const { policyEngineId, policyEngineArn } = this.controlPlane.engines.create({
      name,
      description: 'of another team',
      encryptionKeyArn: undefined,
      tags: {},
    });
    await this.clock.pass(2 * this.controlPlane.options.activation + 10_000);
    this.attach(policyEngineArn);
    return policyEngineId;
  }

  /** A policy that somebody else made. */
  async foreignPolicy(policyEngineId: string, name: string, description?: string): Promise<PolicyView> {
    const statement = policy(name).statementParts.join(GATEWAY_ARN);
    const { policyId } = this.addByHand(policyEngineId, name, statement, description);
    await this.clock.pass(2 * this.controlPlane.options.activation + 10_000);
    const view = this.controlPlane.policies.current().find((candidate) => candidate.policyId === policyId);
    if (view === undefined) throw new Error('the policy is gone');
    return view;
  }

  /** Begins to make a policy past the stack. */
  addByHand(policyEngineId: string, name: string, statement: string, description?: string): PolicyView {
    const tools = new Set(['notes___read', 'notes___write']);
    const context = { tools, hasPermit: true, findingsFail: false, interceptorRefuses: false, notInvocable: undefined };
    const content = { statement, description, enforcementMode: 'ACTIVE' as const };
    return this.controlPlane.policies.create(policyEngineId, name, content, context, {});
  }

  /** Begins to lock, as the command does: in the engine that the gateway asks, unless it is named. Returns the lock's name. */
  lock(change: Partial<Lock> = {}, policyEngineId = this.askedEngine): string {
    const start = this.clock.now();
    const lock = {
      gatewayArn: GATEWAY_ARN,
      callers: OAUTH_USER,
      scope: { kind: 'all' },
      reason: 'leak',
      start,
    } as const;
    const { name, statement, description } = lockPolicy({ ...lock, end: start + 7_200_000, ...change });
    this.addByHand(policyEngineId, name, statement, description);
    return name;
  }

  private get askedEngine(): string {
    const arn = this.controlPlane.gateways.get(GATEWAY_ID)?.policyEngineConfiguration?.arn;
    return arn?.split('/').at(-1) ?? '';
  }

  /** Names of the policies on the service with their status, sorted. */
  get policies(): string[] {
    return this.controlPlane.policies
      .current()
      .map(({ name, status }) => `${name} ${status}`)
      .sort();
  }

  statementOf(name: string): string | undefined {
    return this.controlPlane.policies.current().find((candidate) => candidate.name === name)?.statement;
  }

  /** Accepted requests since the beginning, reads aside. */
  get writes(): string[] {
    return this.controlPlane.requests
      .filter(({ operation, status }) => !/^(Get|List)/.test(operation) && status > 0 && status < 300)
      .map(({ operation, input }) => `${operation} ${nameOf(input)}`.trim());
  }
}

function nameOf(input: { readonly [member: string]: unknown }): string {
  const name = input['name'] ?? input['policyId'];
  return typeof name === 'string' ? policyNameOf(name) : '';
}

function setProperties(document: JsonObject): JsonObject {
  return {
    GatewayIdentifier: GATEWAY_ID,
    GatewayArn: GATEWAY_ARN,
    ...document,
    GatewayMode: 'ENFORCE',
    Prune: 'true',
  };
}
