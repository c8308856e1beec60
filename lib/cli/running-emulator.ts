import type { Command } from 'commander';
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json';
import { DEFAULT_PORT, LOOPBACK } from '../contract/loopback';
import type { GatewayManifest } from '../contract/manifest';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { GovernanceError } from '../diagnostics/governance-error';

/** Where the emulator answers when nobody says otherwise. */
export const EMULATOR_URL = `http://${LOOPBACK}:${DEFAULT_PORT}`;

/** Declares the option that means a running emulator in the place of a deployed gateway. */
export function emulatorOption(parser: Command): Command {
  return parser.option(
    '--emulator [url]',
    `a running emulator in the place of a deployed gateway (default: ${EMULATOR_URL})`,
  );
}

/** The address that `--emulator` names; undefined without it. */
export function emulatorUrl(option: string | true | undefined): string | undefined {
  return option === true ? EMULATOR_URL : option;
}

/** The manifest of the gateway that runs there, as it serves. */
export async function emulatedManifest(url: string): Promise<GatewayManifest> {
  const manifest = await askEmulator(url, '/emulator/manifest');
  if (isJsonObject(manifest) && Array.isArray(manifest['targets'])) return manifest as unknown as GatewayManifest;
  throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url });
}

/** The decision records of the last calls there, as lines of JSON. */
export async function emulatorRecords(url: string): Promise<string[]> {
  const lines = await askEmulator(url, '/emulator/records');
  if (typeof lines === 'string') return lines.split('\n').filter((line) => line !== '');
  throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url });
}

/** A token of somebody whom the emulator knows, or with any claims. */
export async function emulatorToken(url: string, who: { persona: string } | { claims: JsonObject }): Promise<string> {
  const answer = await askEmulator(url, '/emulator/token', who);
  if (isJsonObject(answer) && typeof answer['token'] === 'string') return answer['token'];
  throw GovernanceError.of('EMULATOR_NOT_RUNNING', { url });
}

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
