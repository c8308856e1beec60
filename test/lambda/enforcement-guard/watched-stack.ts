import * as sdk from '@aws-sdk/client-bedrock-agentcore-control';
import { guard } from '../../../lambda/enforcement-guard/guard';
import { toApiNames } from '../../../lib/contract/drift/api-names';
import type { Send } from '../../../lib/contract/drift/read-deployed';
import type { Template } from '../../../lib/contract/drift/stack';
import type { JsonObject } from '../../../lib/contract/json';
import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import { Locks } from '../../../lib/deployed/lock/locks';
import { clientInProcess } from '../../doubles/control-plane/clients';
import type { GatewayView } from '../../doubles/control-plane/engine-store';
import { STACK_ID } from '../policy-engine/provider';
import { GATEWAY_ARN, GATEWAY_ID, policy, Scenario } from '../policy-engine/scenario';

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:request';
const IN_FORCE: readonly string[] = ['ACTIVE', 'UPDATING', 'UPDATE_FAILED', 'DELETE_FAILED'];

const PROPERTIES: JsonObject = {
  Name: 'notes',
  Description: 'Notes of a team',
  RoleArn: 'arn:aws:iam::123456789012:role/notes',
  ProtocolType: 'MCP',
  AuthorizerType: 'CUSTOM_JWT',
  AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://issuer/.well-known/openid-configuration' } },
  InterceptorConfigurations: [{ InterceptionPoints: ['REQUEST'], Interceptor: { Lambda: { Arn: LAMBDA } } }],
};
/** What neither lock nor guard may change, whatever comes between their reads and their updates. */
const KEPT = ['name', 'description', 'roleArn', 'authorizerType', 'authorizerConfiguration'] as const;

/** A stack whose gateway is locked, guarded, deployed and opened at the same time, in a time of its own. */
export class WatchedStack {
  readonly scenario = new Scenario({ service: { latency: 50 } });
  /** Ids of the locks that the command said are in force. */
  readonly held = new Set<string>();
  /** Promises that were broken. Those who look are called in the midst of others' work, where nothing may be thrown. */
  readonly broken: string[] = [];
  private status = 'CREATE_IN_PROGRESS';
  private document: JsonObject = {};
  private deployments = 0;
  private orders = 0;

  /** Deploys for the first time. */
  async start(): Promise<void> {
    await this.scenario.clock.run(this.deploy());
    const view = this.gateway;
    const { PolicyEngineConfiguration: _, ...own } = toApiNames(PROPERTIES) as JsonObject;
    this.scenario.controlPlane.gateways.set(GATEWAY_ID, { ...view, ...own } as unknown as GatewayView);
    this.scenario.controlPlane.onChange = () => this.watch();
  }

  /** Updates the stack, unless that is under way. */
  async deploy(): Promise<void> {
    if (this.status.endsWith('_IN_PROGRESS') && this.deployments > 0) return;
    this.status = 'UPDATE_IN_PROGRESS';
    this.deployments += 1;
    const policies: DesiredPolicy[] = [
      policy('read'),
      policy(this.deployments % 2 === 0 ? 'even' : 'odd', { effect: 'forbid' }),
    ];
    const template = this.scenario.template(policies, { set: { Deployment: String(this.deployments) } });
    const { status } = await this.scenario.stack.deploy(template);
    if (status === 'COMPLETE') this.document = this.scenario.document(policies);
    this.status = status === 'COMPLETE' ? 'UPDATE_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
  }

  async guard(): Promise<void> {
    const { clock, objects } = this.scenario;
    await guard({
      controlPlane: this.send,
      cloudFormation: (operation) => Promise.resolve(this.stack(operation)),
      readObject: (bucket, key) => Promise.resolve(objects.get(`${bucket}/${key}`) ?? ''),
      tell: () => Promise.resolve(),
      wasTold: () => Promise.resolve(false),
      write: () => undefined,
      now: clock.now,
      sleep: clock.sleep,
      watched: {
        stackId: STACK_ID,
        gatewayLogicalId: 'Gateway',
        setLogicalId: 'Set',
        gatewayName: 'notes',
        policyEngineId: this.engineId,
        documentBucket: 'assets',
        repairs: true,
      },
    });
  }

  async lock(): Promise<void> {
    const start = this.scenario.clock.now();
    this.orders += 1;
    const order = { gatewayArn: GATEWAY_ARN, callers: 'AgentCore::OAuthUser', reason: 'leak', start } as const;
    const scope = { kind: 'caller', name: `caller-${this.orders}` } as const;
    this.held.add(await this.locks.add({ ...order, scope, end: start + 86_400_000 }));
  }

  async unlock(): Promise<void> {
    const [first] = this.held;
    if (first === undefined) return;
    this.held.delete(first);
    await this.locks.remove(first);
  }

  enforce(): Promise<void> {
    return this.locks.enforce();
  }

  /** Somebody who may changes the gateway by hand. */
  tamper(change: { readonly [member: string]: unknown }): Promise<void> {
    this.scenario.controlPlane.gateways.set(GATEWAY_ID, { ...this.gateway, ...change } as unknown as GatewayView);
    return Promise.resolve();
  }

  get gateway(): { readonly [member: string]: unknown } {
    return this.scenario.controlPlane.gatewayStore.current(GATEWAY_ID);
  }

  get attachment(): { readonly arn: string; readonly mode: string } {
    return { arn: `arn:aws:bedrock-agentcore:us-east-1:123456789012:policy-engine/${this.engineId}`, mode: 'ENFORCE' };
  }

  /** What must hold at every moment. */
  watch(): void {
    const { policies, gateways } = this.scenario.controlPlane;
    const there = new Map(policies.current().map((view) => [view.policyId, view.status]));
    for (const id of this.held)
      if (!IN_FORCE.includes(there.get(id) ?? 'gone')) this.broken.push(`lock ${id} is ${there.get(id) ?? 'gone'}`);
    const view = gateways.get(GATEWAY_ID) as unknown as JsonObject;
    const declared = toApiNames(PROPERTIES) as JsonObject;
    for (const member of KEPT)
      if (JSON.stringify(view[member]) !== JSON.stringify(declared[member])) this.broken.push(`\`${member}\` is lost`);
  }

  private get engineId(): string {
    return this.scenario.stack.resources.get('Engine')?.data['PolicyEngineId'] ?? '';
  }

  private get locks(): Locks {
    const gateway = { gatewayId: GATEWAY_ID, gatewayArn: GATEWAY_ARN, policyEngineId: this.engineId };
    return new Locks(gateway, this.send, this.scenario.clock);
  }

  private readonly send: Send = (operation, input) => {
    const { controlPlane, clock } = this.scenario;
    const client = clientInProcess(controlPlane, undefined, clock) as unknown as {
      send(command: object): Promise<object>;
    };
    const commands = sdk as unknown as { readonly [name: string]: new (input: object) => object };
    const Command = commands[`${operation}Command`] as new (input: object) => object;
    return client.send(new Command(input));
  };

  private stack(operation: string): object {
    const Arn = { 'Fn::GetAtt': ['Engine', 'PolicyEngineArn'] };
    const Properties = { ...PROPERTIES, PolicyEngineConfiguration: { Arn, Mode: 'ENFORCE' } };
    const template: Template = {
      Resources: {
        Engine: { Type: 'Custom::AgentCorePolicyEngine' },
        Gateway: { Type: 'AWS::BedrockAgentCore::Gateway', Properties },
        Set: { Type: 'Custom::AgentCorePolicySet', Properties: this.document },
      },
    };
    if (operation === 'GetTemplate') return { TemplateBody: JSON.stringify(template) };
    if (operation === 'ListStackResources') {
      const ids = { Gateway: GATEWAY_ID, Engine: this.engineId, Set: 'set' };
      const summaries = Object.entries(ids).map(([LogicalResourceId, PhysicalResourceId]) => ({
        LogicalResourceId,
        PhysicalResourceId,
      }));
      return { StackResourceSummaries: summaries };
    }
    return { Stacks: [{ StackId: STACK_ID, StackName: 'Notes', StackStatus: this.status }] };
  }
}
