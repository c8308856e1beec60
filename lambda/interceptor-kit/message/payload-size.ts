import type { JsonObject } from '../../../lib/contract/json';
import { PAYLOAD_MAX_BYTES } from '../../../lib/contract/limits';

/** Characters below which nothing is measured: no message of this size comes near the limit. */
const LIGHT = 1_000_000;

/** Bytes of the envelope that Lambda may add around an answer. */
const MARGIN = 1_024;

/**
 * Whether an answer fits into what Lambda and the gateway carry. Beyond it the function would fail, and the client would see an error without
 * reason. Small answers are only estimated, so that they cost nothing.
 */
export function fitsPayload(output: object): boolean {
  if (weigh(output, LIGHT) >= 0) return true;
  return Buffer.byteLength(JSON.stringify(output), 'utf8') <= PAYLOAD_MAX_BYTES - MARGIN;
}

/** The rest of a budget after the characters of a value; negative as soon as it is used up. */
function weigh(value: unknown, budget: number): number {
  if (typeof value === 'string') return budget - value.length;
  if (typeof value !== 'object' || value === null) return budget - 8;
  let left = budget;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = weigh(item, left);
      if (left < 0) return left;
    }
    return left;
  }
  for (const name of Object.keys(value)) {
    left = weigh((value as JsonObject)[name], left - name.length);
    if (left < 0) return left;
  }
  return left;
}
