import { error, stop } from './entry';

/** Findings of `generate`. */
export const GENERATION = {
  GENERATION_SENTENCE: stop(
    (p: { length: number; max: number }) =>
      p.length === 0 ? 'there is no sentence to make a policy of' : `the sentence has ${p.length} characters`,
    (p) => `say in 1 to ${p.max} characters who may call which tool, and when`,
  ),
  GENERATION_FAILED: error(
    (p: { reasons: readonly string[] }) =>
      `the service made no policy: ${p.reasons.length === 0 ? 'it gives no reason' : p.reasons.join('; ')}`,
    () => 'say the sentence in another way: one tool, one kind of caller, one condition; nothing was written',
  ),
  GENERATION_OPEN: stop(
    (p: { id: string; seconds: number }) => `generation \`${p.id}\` did not end within ${p.seconds} seconds`,
    () => 'run the command again; nothing was written, and what the service still makes expires by itself',
  ),
  GENERATION_GONE: stop(
    (p: { id: string }) => `policy engine \`${p.id}\` is not there, or knows nothing of the generation`,
    () => 'deploy the stack, or run `governed-gateway verify --control-plane` to see what differs',
  ),
};
