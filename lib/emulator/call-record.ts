import type { Outcome } from '../contract/decision';
import { isJsonObject, type JsonObject } from '../contract/json';
import type { JsonRpcRequest } from '../contract/mcp';
import type { DecisionFlip } from '../policy/model';
import type { Answer } from './refusal';
import type { Caller, ToolInvocation } from './serving';

export type StageName = 'auth' | 'request' | 'policy' | 'target' | 'response';

/** What happened to one message: the line on the console, in the log file and on the page. Holds no token. */
export interface CallRecord {
  readonly number: number;
  readonly time: string;
  method: string;
  /** Username, client id or subject. */
  who: string;
  tool?: string;
  /** What the policies said, for calls of tools. */
  outcome?: Outcome;
  /** Whether the call went to its target. */
  allowed?: boolean;
  determining: readonly string[];
  reason?: string;
  flips: readonly DecisionFlip[];
  /** Why, in full; only when someone asked for explanations. */
  explanation?: string;
  /** Arguments as the policies saw them; shown on the page, never logged. */
  input?: JsonObject;
  status: number;
  /** JSON-RPC error code of the answer. */
  error?: number;
  /** The part that answered instead of the target. */
  refusedBy?: StageName;
  /** Milliseconds. */
  readonly durations: { [stage in StageName]?: number };
  total: number;
}

let lastNumber = 0;

/** A record that the pipeline fills on the way. */
export class CallTrace {
  readonly record: CallRecord;
  private readonly started = performance.now();

  constructor(now: Date) {
    this.record = {
      number: ++lastNumber,
      time: now.toISOString(),
      method: '-',
      who: '-',
      determining: [],
      flips: [],
      status: 0,
      durations: {},
      total: 0,
    };
  }

  /** Runs a stage and notes how long it took. */
  async stage<T>(name: StageName, run: () => Promise<T> | T): Promise<T> {
    const before = performance.now();
    try {
      return await run();
    } catch (error) {
      this.record.refusedBy ??= name;
      throw error;
    } finally {
      this.record.durations[name] = (this.record.durations[name] ?? 0) + performance.now() - before;
    }
  }

  calledBy(caller: Caller): void {
    const name = caller.claims['username'] ?? caller.claims['client_id'];
    this.record.who = typeof name === 'string' ? name : caller.principal.id || 'anonymous';
  }

  opened(message: JsonRpcRequest): void {
    this.record.method = message.method;
    const name = message.params?.['name'];
    if (message.method === 'tools/call' && typeof name === 'string') this.record.tool = name;
  }

  calling(invocation: ToolInvocation): void {
    this.record.tool = invocation.tool;
  }

  finish(answer: Answer): CallRecord {
    this.record.status = answer.status;
    const error = isJsonObject(answer.body) ? answer.body['error'] : undefined;
    if (isJsonObject(error) && typeof error['code'] === 'number') this.record.error = error['code'];
    this.record.total = performance.now() - this.started;
    return this.record;
  }
}
