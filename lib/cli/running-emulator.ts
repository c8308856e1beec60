import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json';
import { DEFAULT_PORT, LOOPBACK } from '../contract/loopback';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';

/** Where the emulator answers when nobody says otherwise. */
export const EMULATOR_URL = `http://${LOOPBACK}:${DEFAULT_PORT}`;

/** Asks the emulator that runs at an address. Throws its findings, and `EMULATOR_NOT_RUNNING` when nothing there is one. */
export async function askEmulator(url: string, path: string, input?: JsonObject): Promise<JsonValue> {
  const answer = await answerOf(url, path, input);
  if (isJsonObject(answer) && Array.isArray(answer['diagnostics'])) {
    throw new GovernanceError(answer['diagnostics'] as unknown as Diagnostic[]);
  }
  return answer;
}

async function answerOf(url: string, path: string, input: JsonObject | undefined): Promise<JsonValue> {
  try {
    const sent = input === undefined ? {} : { method: 'POST', body: JSON.stringify(input) };
    return (await (await fetch(new URL(path, url), sent)).json()) as JsonValue;
  } catch {
    throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url });
  }
}
