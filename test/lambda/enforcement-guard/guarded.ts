import * as sdk from '@aws-sdk/client-bedrock-agentcore-control';
import type { Message } from '../../../lambda/block-notices/message';
import type { GuardEdges } from '../../../lambda/enforcement-guard/edges';
import type { Send } from '../../../lib/contract/drift/read-deployed';
import type { Template } from '../../../lib/contract/drift/stack';
import { documentHash, type PolicySetDocument } from '../../../lib/contract/policy-set-document';
import {
  deployedGateway,
  deployedLimits,
  deployedStatement,
  deployedTargets,
  ENGINE_ID,
  GATEWAY_ID,
  POLICIES,
  STACK,
  TEMPLATE,
} from '../../contract/drift/drift-fixture';
import { clientInProcess } from '../../doubles/control-plane/clients';
import { ControlPlane } from '../../doubles/control-plane/control-plane';
import type { GatewayView } from '../../doubles/control-plane/engine-store';

const DOCUMENT = JSON.stringify({ version: 1, policies: POLICIES } satisfies PolicySetDocument);

/** The template of the fixture, with the policy set that a guard reads. */
export function guardedTemplate(mode: 'ENFORCE' | 'LOG_ONLY' = 'ENFORCE'): Template {
  const { Gateway: gateway, ...rest } = TEMPLATE.Resources;
  const attachment = gateway?.Properties?.['PolicyEngineConfiguration'] as object;
  const Properties = { ...gateway?.Properties, PolicyEngineConfiguration: { ...attachment, Mode: mode } };
  const policySet = {
    Type: 'Custom::AgentCorePolicySet',
    Properties: { DocumentKey: 'policies.json', DocumentHash: documentHash(DOCUMENT) },
  };
  return { Resources: { ...rest, Gateway: { Type: 'AWS::BedrockAgentCore::Gateway', Properties }, Set: policySet } };
}

/** A guard beside a gateway that is as declared, in a time of its own. */
export class Guarded {
  time = 1_000_000;
  status = 'UPDATE_COMPLETE';
  template = guardedTemplate();
  topicFails = false;
  readonly told: string[] = [];
  readonly messages: Message[] = [];
  private readonly times: number[] = [];
  readonly lines: { readonly [member: string]: unknown }[] = [];
  readonly plane: ControlPlane;
  readonly edges: GuardEdges;

  constructor(repairs = true) {
    const now = (): number => this.time;
    const sleep = (milliseconds: number): Promise<void> => {
      this.time += milliseconds;
      return Promise.resolve();
    };
    this.plane = new ControlPlane({ now, sleep }, { latency: 0 });
    const { engines, policies, gateways } = this.plane;
    const { policyEngineId } = engines.create({
      name: 'Notes',
      description: undefined,
      encryptionKeyArn: undefined,
      tags: {},
    });
    engines.tamper(policyEngineId, { status: 'ACTIVE' });
    for (const policy of POLICIES) {
      const content = {
        statement: deployedStatement(policy),
        description: undefined,
        enforcementMode: policy.enforcementMode,
      };
      policies.tamper(policies.create(policyEngineId, policy.name, content, UNCHECKED, {}).policyId, {
        status: 'ACTIVE',
      });
    }
    const answer = deployedGateway() as unknown as GatewayView;
    gateways.set(GATEWAY_ID, { ...answer, tools: [], targets: deployedTargets(), rateLimits: deployedLimits() });
    const client = clientInProcess(this.plane) as unknown as { send(command: object): Promise<object> };
    const commands = sdk as unknown as { readonly [name: string]: new (input: object) => object };
    const controlPlane: Send = (operation, input) => {
      const Command = commands[`${operation}Command`] as new (input: object) => object;
      return client.send(new Command(input));
    };
    this.edges = {
      controlPlane,
      cloudFormation: (operation) => Promise.resolve(this.stack(operation)),
      readObject: () => Promise.resolve(DOCUMENT),
      tell: (message) => {
        if (this.topicFails) return Promise.reject(new Error('no topic'));
        this.told.push(message.text);
        this.messages.push(message);
        return Promise.resolve();
      },
      wasTold: (fingerprint, since) =>
        Promise.resolve(
          this.lines.some((line, index) => line['told'] === fingerprint && (this.times[index] ?? 0) >= since),
        ),
      write: (line) => {
        this.lines.push(line as { readonly [member: string]: unknown });
        this.times.push(this.time);
      },
      now,
      sleep,
      watched: {
        stackId: STACK.stackId,
        gatewayLogicalId: 'Gateway',
        setLogicalId: 'Set',
        gatewayName: 'notes',
        policyEngineId: ENGINE_ID,
        documentBucket: 'assets',
        repairs,
      },
    };
  }

  get gateway(): { readonly [member: string]: unknown } {
    return this.plane.gatewayStore.current(GATEWAY_ID);
  }

  /** Values of the metric so far. */
  get counted(): unknown[] {
    return this.lines.flatMap((line) => ('EnforcementChanged' in line ? [line['EnforcementChanged']] : []));
  }

  tamper(change: { readonly [member: string]: unknown }): void {
    this.plane.gateways.set(GATEWAY_ID, { ...this.gateway, ...change } as unknown as GatewayView);
  }

  private stack(operation: string): object {
    if (operation === 'GetTemplate') return { TemplateBody: JSON.stringify(this.template) };
    if (operation === 'ListStackResources') {
      const resources = Object.entries(STACK.resources);
      return {
        StackResourceSummaries: resources.map(([LogicalResourceId, PhysicalResourceId]) => ({
          LogicalResourceId,
          PhysicalResourceId,
        })),
      };
    }
    return { Stacks: [{ StackId: STACK.stackId, StackName: STACK.stackName, StackStatus: this.status }] };
  }
}

export const UNCHECKED = {
  tools: new Set<string>(),
  hasPermit: true,
  findingsFail: false,
  interceptorRefuses: false,
  notInvocable: undefined,
};
