import type { Tone } from '../render/block';

/** Only ENFORCE stops calls. */
export function modeTone(mode: string | undefined): Tone {
  return mode === 'ENFORCE' ? 'good' : 'bad';
}

/** `good` for none. */
export function noneIsGood(count: number): Tone {
  return count === 0 ? 'good' : 'bad';
}
