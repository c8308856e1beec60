import { isJsonObject, type JsonObject } from '../contract/json';
import type { DesiredPolicy } from '../contract/policy-set-document';
import { SourceIds } from '../contract/tool-classes/source-ids';
import { SEARCH_TOOL_NAME } from '../contract/tool-name';
import { CannotSignIn } from '../deployed/cannot-sign-in';
import type { Persona } from '../policy/testing/file/test-file';
import type { CallOptions, CallResult, VerificationBackend } from '../policy/testing/run/verification-backend';
import { judgeAnswer } from './judge-answer';
import { McpCaller, type RawAnswer } from './mcp-caller';

export interface LiveGateway {
  readonly name: string;
  readonly url: string;
  /** As they are deployed. */
  readonly policies: readonly DesiredPolicy[];
  /** A real token of a persona; undefined where the gateway takes none. Rejects with {@link CannotSignIn}. */
  signIn(persona: Persona): Promise<string | undefined>;
}

/** Runs tests against a gateway that answers over the network, through the official MCP client. */
export class LiveBackend implements VerificationBackend {
  private readonly callers = new Map<string, Promise<McpCaller>>();

  private readonly ids: SourceIds;

  constructor(private readonly gateway: LiveGateway) {
    this.ids = new SourceIds([{ policies: gateway.policies, targets: [] }]);
  }

  get name(): string {
    return this.gateway.name;
  }

  async call(persona: Persona, tool: string, args: JsonObject | undefined, options: CallOptions): Promise<CallResult> {
    const obstacle = obstacleOf(persona, options);
    if (obstacle !== undefined) return { kind: 'not-applicable', reason: obstacle };
    try {
      const caller = await this.caller(persona);
      const answer = await caller.callTool(tool, args);
      // A cold interceptor may miss its time; the call went nowhere, so that it can be made again.
      const settled = ranOutOfTime(answer) ? await caller.callTool(tool, args) : answer;
      const result = judgeAnswer(settled, (name) => this.ids.of(name));
      const isGiven = Object.keys(options.trusted).length > 0;
      return isGiven && result.kind === 'denied' && result.by === 'interceptor'
        ? { ...result, lacksGivenValues: true }
        : result;
    } catch (error) {
      if (error instanceof CannotSignIn) return { kind: 'not-applicable', reason: error.message };
      throw error;
    }
  }

  async listTools(persona: Persona): Promise<readonly string[]> {
    const listed = await (await this.caller(persona)).listTools();
    // The gateway's own tool is nothing that policies decide about.
    return listed.filter((tool) => tool !== SEARCH_TOOL_NAME);
  }

  /** Ends all connections, so that the next call signs in anew. */
  async close(): Promise<void> {
    const open = [...this.callers.values()];
    this.callers.clear();
    await Promise.allSettled(open.map(async (caller) => (await caller).close()));
  }

  private caller(persona: Persona): Promise<McpCaller> {
    const known = this.callers.get(persona.name);
    if (known !== undefined) return known;
    const connecting = this.gateway.signIn(persona).then((token) => McpCaller.connect(this.gateway.url, token));
    this.callers.set(persona.name, connecting);
    connecting.catch(() => this.callers.delete(persona.name));
    return connecting;
  }
}

function ranOutOfTime(answer: RawAnswer): boolean {
  return answer.kind === 'rpc-error' && isJsonObject(answer.data) && answer.data['reason'] === 'step-timeout';
}

function obstacleOf(persona: Persona, { fixesTrusted, bypassesInterceptor }: CallOptions): string | undefined {
  if (bypassesInterceptor) return 'the interceptor of this gateway cannot be bypassed';
  if (fixesTrusted) return 'the interceptor of this gateway fills in trusted fields itself';
  if (persona.iam !== undefined) return 'signing in as an IAM caller is not supported';
  return undefined;
}
