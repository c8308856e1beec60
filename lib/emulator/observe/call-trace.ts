import { randomUUID } from 'node:crypto';
import type { EnforcementMode } from '../../contract/decision';
import { isJsonObject } from '../../contract/json';
import type { JsonRpcRequest } from '../../contract/mcp';
import type { StepWatch } from '../../contract/step-trace';
import type { CallDetails } from '../call-details';
import type { CallRecord, StageName } from '../call-record';
import type { Caller } from '../mcp/caller';
import type { Answer } from '../mcp/refusal';
import { excerpt, reason } from './excerpt';

/** Characters of a client's or token's text that a record repeats: there is one of each in the log file, and in memory. */
const MAX_TEXT = 256;

let lastNumber = 0;

/** A record that the pipeline fills on the way. */
export class CallTrace {
  readonly record: CallRecord;
  readonly details: CallDetails = { steps: { request: [], response: [] } };
  private readonly started = performance.now();

  constructor(now: Date, mode: EnforcementMode) {
    this.record = {
      number: ++lastNumber,
      requestId: randomUUID(),
      mode,
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
    const { type, id } = caller.principal;
    this.record.principal = { type, id: excerpt(id, MAX_TEXT) };
    const name = caller.claims['username'] ?? caller.claims['client_id'];
    this.record.who = excerpt(typeof name === 'string' ? name : caller.principal.id || 'anonymous', MAX_TEXT);
    this.details.claims = caller.claims;
  }

  opened(message: JsonRpcRequest): void {
    this.record.method = excerpt(message.method, MAX_TEXT);
    const name = message.params?.['name'];
    const isCall = message.method === 'tools/call';
    if (isCall && typeof name === 'string') this.record.tool = excerpt(name, MAX_TEXT);
    this.details.sent = (isCall ? message.params?.['arguments'] : message.params) ?? {};
  }

  /** Takes down what the steps of an interceptor do. */
  watch(stage: 'request' | 'response'): StepWatch {
    return (step) => this.details.steps[stage].push(step);
  }

  /** The answer, before the RESPONSE interceptor sees it. */
  answered({ body }: Answer): void {
    if (body !== undefined) this.details.answer = body;
  }

  calling(tool: string): void {
    this.record.tool = tool;
  }

  /** What stood in the way first is the reason; what follows from it is none. */
  because(why: string | undefined): void {
    if (why !== undefined) this.record.why ??= reason(why);
  }

  finish(answer: Answer): CallRecord {
    this.record.status = answer.status;
    const error = isJsonObject(answer.body) ? answer.body['error'] : undefined;
    if (isJsonObject(error) && typeof error['code'] === 'number') this.record.error = error['code'];
    this.record.total = performance.now() - this.started;
    if (answer.body !== undefined) this.details.received = answer.body;
    return this.record;
  }
}
