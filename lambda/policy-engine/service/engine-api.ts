import {
  type BedrockAgentCoreControlClient,
  CreatePolicyEngineCommand,
  DeletePolicyEngineCommand,
  GetPolicyEngineCommand,
  ListPolicyEngineSummariesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePolicyEngineCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import type { Status } from '../policies/policy';
import { ENGINE_WRITES_PER_SECOND } from '../timing';
import { failedAs } from './call-failure';
import { RateLimiter } from './rate-limiter';
import type { ServiceCalls } from './service-calls';

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
  private readonly writes: RateLimiter;

  constructor(
    private readonly client: BedrockAgentCoreControlClient,
    private readonly calls: ServiceCalls,
  ) {
    this.writes = new RateLimiter(calls.clock, ENGINE_WRITES_PER_SECOND);
  }

  /** Ids of the engines of a name. Reads summaries, since the account's other engines may have keys that this role must not use. */
  async idsByName(name: string): Promise<string[]> {
    const ids: string[] = [];
    let nextToken: string | undefined;
    do {
      const command = new ListPolicyEngineSummariesCommand({ maxResults: 100, nextToken });
      const page = await this.calls.send('ListPolicyEngineSummaries', (abortSignal) =>
        this.client.send(command, { abortSignal }),
      );
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
      return toEngine(
        await this.calls.send('GetPolicyEngine', (abortSignal) => this.client.send(command, { abortSignal })),
      );
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
    return toEngine(
      await this.write('CreatePolicyEngine', (abortSignal) => this.client.send(command, { abortSignal })),
    );
  }

  async describe(policyEngineId: string, description: string): Promise<ActualEngine> {
    const command = new UpdatePolicyEngineCommand({ policyEngineId, description: { optionalValue: description } });
    return toEngine(
      await this.write('UpdatePolicyEngine', (abortSignal) => this.client.send(command, { abortSignal })),
    );
  }

  async remove(policyEngineId: string): Promise<ActualEngine> {
    const command = new DeletePolicyEngineCommand({ policyEngineId });
    return toEngine(
      await this.write('DeletePolicyEngine', (abortSignal) => this.client.send(command, { abortSignal })),
    );
  }

  async tags(resourceArn: string): Promise<{ readonly [key: string]: string }> {
    const command = new ListTagsForResourceCommand({ resourceArn });
    const send = (abortSignal: AbortSignal) => this.client.send(command, { abortSignal });
    return (await this.calls.send('ListTagsForResource', send)).tags ?? {};
  }

  async tag(resourceArn: string, tags: { readonly [key: string]: string }): Promise<void> {
    const command = new TagResourceCommand({ resourceArn, tags });
    await this.write('TagResource', (abortSignal) => this.client.send(command, { abortSignal }));
  }

  async untag(resourceArn: string, tagKeys: string[]): Promise<void> {
    const command = new UntagResourceCommand({ resourceArn, tagKeys });
    await this.write('UntagResource', (abortSignal) => this.client.send(command, { abortSignal }));
  }

  private write<T>(operation: string, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.calls.send(operation, request, { rateLimiter: this.writes });
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
