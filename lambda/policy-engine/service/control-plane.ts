import { createHash } from 'node:crypto';
import {
  type BedrockAgentCoreControlClient,
  CreatePolicyCommand,
  DeletePolicyCommand,
  GetGatewayCommand,
  ListPoliciesCommand,
  ListPolicySummariesCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import { LIMITS } from '../../../lib/contract/limits';
import { type ActualPolicy, actualPolicy, type PolicyState, policyState, type TargetPolicy } from '../policies/policy';
import { RateLimiter } from './rate-limiter';
import type { ServiceCalls } from './service-calls';

/** What a gateway says about the engine that it is attached to. */
export interface Attachment {
  readonly engineArn: string | undefined;
  readonly mode: string | undefined;
}

/** The policies of one engine. Every method throws CallFailure or OutOfTime. */
export class PolicyApi {
  private readonly writes: RateLimiter;

  constructor(
    private readonly client: BedrockAgentCoreControlClient,
    readonly calls: ServiceCalls,
    readonly policyEngineId: string,
  ) {
    this.writes = new RateLimiter(calls.clock, LIMITS.policyWritesPerSecond);
  }

  /** All policies with their statements. */
  async list(): Promise<ActualPolicy[]> {
    return this.pages('ListPolicies', async (nextToken, abortSignal) => {
      const command = new ListPoliciesCommand({ policyEngineId: this.policyEngineId, maxResults: 100, nextToken });
      const page = await this.client.send(command, { abortSignal });
      return { items: (page.policies ?? []).map(actualPolicy), nextToken: page.nextToken };
    });
  }

  /** All policies without statements, which is cheap enough to look again and again. */
  async listStates(): Promise<PolicyState[]> {
    return this.pages('ListPolicySummaries', async (nextToken, abortSignal) => {
      const command = new ListPolicySummariesCommand({
        policyEngineId: this.policyEngineId,
        maxResults: 100,
        nextToken,
      });
      const page = await this.client.send(command, { abortSignal });
      return { items: (page.policies ?? []).map(policyState), nextToken: page.nextToken };
    });
  }

  /** @param token Key of this creation: the same one, however often it is sent. */
  async create(target: TargetPolicy, description: string, token: string): Promise<PolicyState> {
    const { policyEngineId } = this;
    const command = new CreatePolicyCommand({
      policyEngineId,
      name: target.name,
      ...content(target),
      description,
      clientToken: token,
    });
    return policyState(await this.write('CreatePolicy', (abortSignal) => this.client.send(command, { abortSignal })));
  }

  /** Replaces everything that can be replaced: the service validates again in any case, and in the mode that it is given. */
  async update(policyId: string, target: TargetPolicy, description: string): Promise<PolicyState> {
    const { policyEngineId } = this;
    const command = new UpdatePolicyCommand({
      policyEngineId,
      policyId,
      ...content(target),
      description: { optionalValue: description },
    });
    return policyState(await this.write('UpdatePolicy', (abortSignal) => this.client.send(command, { abortSignal })));
  }

  async remove(policyId: string): Promise<PolicyState> {
    const command = new DeletePolicyCommand({ policyEngineId: this.policyEngineId, policyId });
    return policyState(await this.write('DeletePolicy', (abortSignal) => this.client.send(command, { abortSignal })));
  }

  /** How a gateway is attached. */
  async attachment(gatewayIdentifier: string): Promise<Attachment> {
    const command = new GetGatewayCommand({ gatewayIdentifier });
    const gateway = await this.calls.send('GetGateway', (abortSignal) => this.client.send(command, { abortSignal }));
    return { engineArn: gateway.policyEngineConfiguration?.arn, mode: gateway.policyEngineConfiguration?.mode };
  }

  private write<T>(operation: string, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.calls.send(operation, request, { rateLimiter: this.writes });
  }

  private async pages<T>(
    operation: string,
    read: (
      nextToken: string | undefined,
      signal: AbortSignal,
    ) => Promise<{ items: T[]; nextToken: string | undefined }>,
  ): Promise<T[]> {
    const all: T[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.calls.send(operation, (signal) => read(nextToken, signal));
      all.push(...page.items);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return all;
  }
}

function content(target: TargetPolicy) {
  return {
    definition: { cedar: { statement: target.statement } },
    validationMode: target.validationMode,
    enforcementMode: target.enforcementMode,
  };
}

/** A client token: the same for the same content, so that a repeated request makes nothing twice. 64 hexadecimal digits. */
export function clientToken(...content: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
