import {
  type BedrockAgentCoreControlClient,
  CreatePolicyEngineCommand,
  DeletePolicyEngineCommand,
  GetPolicyEngineCommand,
  ListPolicyEngineSummariesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePolicyEngineCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import { type Calls, failedAs } from './calls';
import { ENGINE_WRITES_PER_SECOND } from './limits';
import { Pace } from './pace';
import type { Status } from './policies';

export interface ActualEngine {
  readonly id: string;
  readonly arn: string;
  readonly status: Status;
  readonly reasons: readonly string[];
  readonly description: string;
  readonly encryptionKeyArn: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface EngineRequest {
  readonly name: string;
  readonly description: string;
  readonly encryptionKeyArn: string | undefined;
  readonly tags: { readonly [key: string]: string };
}

/** The policy engines of the account. Every method throws CallFailure or OutOfTime. */
export class EngineApi {
  private readonly writes: Pace;

  constructor(
    private readonly client: BedrockAgentCoreControlClient,
    private readonly calls: Calls,
  ) {
    this.writes = new Pace(calls.clock, ENGINE_WRITES_PER_SECOND);
  }

  /** Ids of the engines of a name. Reads summaries, since the account's other engines may have keys that this role must not use. */
  async idsByName(name: string): Promise<string[]> {
    const ids: string[] = [];
    let nextToken: string | undefined;
    do {
      const command = new ListPolicyEngineSummariesCommand({ maxResults: 100, nextToken });
      const page = await this.calls.send('ListPolicyEngineSummaries', undefined, () => this.client.send(command));
      for (const engine of page.policyEngines ?? []) {
        if (engine.name === name && engine.policyEngineId !== undefined) ids.push(engine.policyEngineId);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return ids;
  }

  async get(policyEngineId: string): Promise<ActualEngine | undefined> {
    try {
      const command = new GetPolicyEngineCommand({ policyEngineId });
      return toEngine(await this.calls.send('GetPolicyEngine', undefined, () => this.client.send(command)));
    } catch (error) {
      if (failedAs(error, 'missing')) return undefined;
      throw error;
    }
  }

  async create(request: EngineRequest, clientToken: string): Promise<ActualEngine> {
    const { tags, ...rest } = request;
    const command = new CreatePolicyEngineCommand({
      ...rest,
      ...(Object.keys(tags).length > 0 && { tags }),
      clientToken,
    });
    return toEngine(await this.calls.send('CreatePolicyEngine', this.writes, () => this.client.send(command)));
  }

  async describe(policyEngineId: string, description: string): Promise<void> {
    const command = new UpdatePolicyEngineCommand({ policyEngineId, description: { optionalValue: description } });
    await this.calls.send('UpdatePolicyEngine', this.writes, () => this.client.send(command));
  }

  async remove(policyEngineId: string): Promise<void> {
    const command = new DeletePolicyEngineCommand({ policyEngineId });
    await this.calls.send('DeletePolicyEngine', this.writes, () => this.client.send(command));
  }

  async tag(resourceArn: string, tags: { readonly [key: string]: string }): Promise<void> {
    const command = new TagResourceCommand({ resourceArn, tags });
    await this.calls.send('TagResource', this.writes, () => this.client.send(command));
  }

  async untag(resourceArn: string, tagKeys: string[]): Promise<void> {
    const command = new UntagResourceCommand({ resourceArn, tagKeys });
    await this.calls.send('UntagResource', this.writes, () => this.client.send(command));
  }
}

interface EngineAnswer {
  readonly policyEngineId: string | undefined;
  readonly policyEngineArn: string | undefined;
  readonly status: string | undefined;
  readonly statusReasons: string[] | undefined;
  readonly description?: string | undefined;
  readonly encryptionKeyArn?: string | undefined;
  readonly createdAt: Date | undefined;
  readonly updatedAt: Date | undefined;
}

function toEngine(answer: EngineAnswer): ActualEngine {
  if (answer.policyEngineId === undefined || answer.policyEngineArn === undefined) {
    throw new Error("the service's answer has no policy engine id");
  }
  return {
    id: answer.policyEngineId,
    arn: answer.policyEngineArn,
    status: answer.status as Status,
    reasons: answer.statusReasons ?? [],
    description: answer.description ?? '',
    encryptionKeyArn: answer.encryptionKeyArn,
    createdAt: answer.createdAt?.getTime() ?? 0,
    updatedAt: answer.updatedAt?.getTime() ?? 0,
  };
}
