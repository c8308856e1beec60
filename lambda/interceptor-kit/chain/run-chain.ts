import type { JsonObject, JsonValue } from '../../../lib/contract/json';
import { selectsTool } from '../../../lib/contract/steps/selectors';
import type { Call } from '../message/call';
import { type Denial, type DenialReason, denialOf } from '../message/denial';
import { isOutcome, isProceed, type Proceed, type StepOutcome, stop } from './outcome';
import { PartContext } from './part-context';
import type { ReadMessage, Run } from './read-message';
import { DEFAULT_BUDGET_MS, StepTimeout, withinBudget } from './run-part';
import type { Conclusion, InterceptionPoint, Step, StepContext } from './step';
import { watched } from './step-watch';
import { milliseconds } from './stopwatch';

/** Milliseconds of an invocation that are kept for observers to take note, and for the answer. */
const PART_RESERVE_MS = 1_000;
const ANSWER_RESERVE_MS = 250;

/** How a message left the chain before its end. */
export interface Ended {
  readonly by: string;
  readonly denial?: Denial;
  readonly result?: JsonObject;
}

/** An end that no step decided. */
export function endedByKit(reason: DenialReason): Ended {
  return { by: 'kit', denial: denialOf(reason) };
}

/** A message on its way through the steps. */
export interface Passage {
  /** The part of a step that runs here. */
  readonly part: 'request' | 'response';
  /** Runs the part on the message as it is by now. */
  run(step: Step, context: StepContext): StepOutcome | Promise<StepOutcome>;
  /** Takes over what a step changes. Throws when it does not fit. */
  apply(changes: Proceed['changes']): void;
}

/** Runs one part of every step, one after the other. Returns undefined when every step lets the message go on. */
export async function runChain(
  steps: readonly Step[],
  passage: Passage,
  message: ReadMessage,
  run: Run,
): Promise<Ended | undefined> {
  for (const step of steps) {
    if (step[passage.part] === undefined) continue;
    const started = milliseconds();
    try {
      if (!isFor(step, message.call)) continue;
      const running = timed(step, run, PART_RESERVE_MS, message, (context) => passage.run(step, context));
      const outcome = running instanceof Promise ? await running : running;
      if (!isOutcome(outcome)) throw new Error('no outcome');
      if (isProceed(outcome)) passage.apply(outcome.changes);
      watched(step.name, started, outcome);
      if (!isProceed(outcome)) return { by: step.name, denial: outcome.denial, result: outcome.result };
    } catch (error) {
      const denial = failure(step, error, run);
      watched(step.name, started, stop(denial));
      return { by: step.name, denial };
    }
  }
  return undefined;
}

/** Throws for tools that are no list, so that such a step denies. */
function isFor({ tools }: Step, call: Call | undefined): boolean {
  return tools === undefined || (call?.kind === 'tools/call' && selectsTool(tools, call.tool.fullName));
}

/**
 * Logs a denial and tells every observing step how the message ended. When one of them cannot take note, nobody gets through:
 * the message is denied.
 */
export async function conclude(
  point: InterceptionPoint,
  message: ReadMessage,
  forwarded: Call | undefined,
  ended: Ended | undefined,
  body: JsonValue | undefined,
  started: number,
  run: Run,
): Promise<Denial | undefined> {
  const conclusion: Conclusion = {
    point,
    call: message.call,
    forwarded: ended === undefined ? forwarded : undefined,
    messageHash: message.hash,
    gatewayRequestId: run.gatewayRequestId,
    claims: message.claims,
    outcome: message.probe ? 'probe' : ended === undefined ? 'passed' : ended.denial ? 'denied' : 'answered',
    denial: ended?.denial,
    endedBy: ended?.by,
    body,
    durationMs: milliseconds() - started,
  };
  logEnd(conclusion, run);
  let unobserved: Denial | undefined;
  for (const step of run.steps) {
    if (step.observe === undefined) continue;
    try {
      await timed(step, run, ANSWER_RESERVE_MS, message, (context) => step.observe?.(conclusion, context));
    } catch (error) {
      failure(step, error, run);
      unobserved = denialOf('audit-failed');
    }
  }
  return unobserved;
}

function logEnd({ point, call, outcome, denial, endedBy }: Conclusion, { log, requestId }: Run): void {
  const method = call?.method;
  if (outcome === 'probe') log.info('discovery message without token passed', { point, method, requestId });
  if (denial === undefined) return;
  const tool = call?.kind === 'tools/call' ? call.tool.fullName : undefined;
  log.warn('message denied', { point, method, tool, step: endedBy, reason: denial.reason, requestId });
}

function failure(step: Step, error: unknown, { log, requestId }: Run): Denial {
  log.error('step failed', { step: step.name, error, requestId });
  return denialOf(error instanceof StepTimeout ? 'step-timeout' : 'step-failed');
}

/**
 * Runs a part within the step's own budget, or less when the invocation ends before: a denial that is still said is worth more than a function
 * that was stopped.
 */
function timed<T>(
  step: Step,
  run: Run,
  reserveMs: number,
  message: ReadMessage,
  part: (context: StepContext) => T | Promise<T>,
): T | Promise<T> {
  const context = new PartContext(message.shared) as PartContext & StepContext;
  const budgetMs = Math.max(0, Math.min(step.budgetMs ?? DEFAULT_BUDGET_MS, run.timeLeft() - reserveMs));
  return withinBudget(part(context), budgetMs, context);
}
