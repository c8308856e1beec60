import { setTimeout as wait } from 'node:timers/promises';
import { isJsonObject, type JsonValue } from '../../contract/json';

/** Denials whose steps are remembered until the answer to the message is recorded. */
const REMEMBERED = 100;

/** Milliseconds within which a function's log line follows its answer on this machine. */
const LATENESS = [0, 5, 20, 50];

/** Which step of an interceptor denied a message: the answer does not say so, the interceptor's log does. */
export class DenialLog {
  private readonly steps = new Map<string, string>();

  /** Reads what a function wrote to its log. */
  note(output: string): void {
    for (const line of output.split('\n')) {
      if (!line.includes('"message denied"')) continue;
      const { step, requestId } = parsed(line);
      if (typeof step !== 'string' || typeof requestId !== 'string') continue;
      this.steps.set(requestId, step);
      const [oldest] = this.steps.keys();
      if (this.steps.size > REMEMBERED && oldest !== undefined) this.steps.delete(oldest);
    }
  }

  /**
   * Why an interceptor denied, in one line: step, words, reason. Undefined for an answer that is no denial.
   *
   * @param body the JSON-RPC message that the interceptor answered with
   */
  async why(body: JsonValue | undefined): Promise<string | undefined> {
    const error = isJsonObject(body) ? body['error'] : undefined;
    if (!isJsonObject(error)) return undefined;
    const { message, data } = error;
    if (typeof message !== 'string') return undefined;
    const { reason, requestId } = isJsonObject(data) ? data : {};
    const step = typeof requestId === 'string' ? await this.stepOf(requestId) : undefined;
    const said = `${message}${typeof reason === 'string' ? ` (${reason})` : ''}`;
    return step === undefined ? said : `step ${step}: ${said}`;
  }

  private async stepOf(requestId: string): Promise<string | undefined> {
    for (const lateness of LATENESS) {
      const step = this.steps.get(requestId);
      if (step !== undefined) return step;
      await wait(lateness);
    }
    return undefined;
  }
}

function parsed(line: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
