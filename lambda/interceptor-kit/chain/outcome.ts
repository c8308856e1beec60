import type { Headers } from '../../../lib/contract/interceptor-payload';
import { isJsonObject, type JsonObject } from '../../../lib/contract/json';
import { DENIALS, type Denial, type DenialReason, denialOf } from '../message/denial';

const OUTCOME = Symbol.for('governed-gateway.StepOutcome');

/** What a step may change in a message that continues. */
export interface RequestChanges {
  /** New arguments of `tools/call` or `prompts/get`. */
  readonly arguments?: JsonObject;
  /** New parameters of any method. */
  readonly params?: JsonObject;
  /** Headers for the target. `authorization` always goes out; others only if the target's configuration allows them. */
  readonly headers?: Headers;
}

/** What a step may change in an answer that continues. */
export interface ResponseChanges {
  /** New result, error or parameters, whichever the answer has. */
  readonly payload?: JsonObject;
}

/** What only the kit changes. */
interface HiddenChanges {
  /** Goes out as the argument {@link PROOF_ARGUMENT}, which no step gets to see. */
  readonly proof?: string;
}

export interface Proceed {
  readonly [OUTCOME]: 'proceed';
  readonly changes: RequestChanges & ResponseChanges & HiddenChanges;
}

export interface Stop {
  readonly [OUTCOME]: 'stop';
  readonly denial?: Denial;
  readonly result?: JsonObject;
}

/** What a step decides. Made by {@link proceed}, {@link deny} and {@link answer} only: whatever else a step returns denies the message. */
export type StepOutcome = Proceed | Stop;

const UNCHANGED: Proceed = { [OUTCOME]: 'proceed', changes: {} };

/**
 * The message continues to the next step, changed or unchanged.
 *
 * @example
 * const shout: Step = { name: 'stamp', request: (_call, { now }) => proceed({ headers: { 'x-called-at': now.toISOString() } }) };
 */
export function proceed(changes?: RequestChanges | ResponseChanges): Proceed {
  return changes === undefined ? UNCHANGED : { [OUTCOME]: 'proceed', changes };
}

/** As {@link proceed}; the call also proves that the interceptor saw it. */
export function proceedWithProof(changes: RequestChanges, proof: string | undefined): Proceed {
  return { [OUTCOME]: 'proceed', changes: proof === undefined ? changes : { ...changes, proof } };
}

/**
 * The message ends here with an error. Reasons of the kit have a text; for your own, give one that reveals no internals.
 *
 * @example
 * const closed: Step = { name: 'closed', request: () => deny('closed', 'claims are open from 6 to 20 UTC') };
 */
export function deny(reason: DenialReason | (string & {}), text?: string, details?: readonly string[]): Stop {
  const denial = Object.hasOwn(DENIALS, reason)
    ? denialOf(reason as DenialReason)
    : { ...denialOf('not-allowed'), reason };
  return stop({ ...denial, ...(text && { text }), ...(details && { details }) });
}

/** As {@link deny}, with a denial that is made already. */
export function stop(denial: Denial): Stop {
  return { [OUTCOME]: 'stop', denial };
}

/**
 * The message ends here with a result; later steps and the target do not see it. Only at REQUEST.
 *
 * @example
 * const maintenance: Step = {
 *   name: 'maintenance',
 *   request: (call) => (call.kind === 'tools/call' ? answer({ content: [{ type: 'text', text: 'try tomorrow' }] }) : proceed()),
 * };
 */
export function answer(result: JsonObject): Stop {
  return { [OUTCOME]: 'stop', result };
}

/** Whether a step returned one of the three. */
export function isOutcome(value: unknown): value is StepOutcome {
  if (typeof value !== 'object' || value === null || !(OUTCOME in value)) return false;
  const outcome = value as StepOutcome;
  if (outcome[OUTCOME] === 'proceed') return isJsonObject(outcome.changes);
  return outcome.denial !== undefined || isJsonObject(outcome.result);
}

export function isProceed(outcome: StepOutcome): outcome is Proceed {
  return outcome[OUTCOME] === 'proceed';
}
