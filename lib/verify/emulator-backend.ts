import type { JsonObject } from '../contract/json';
import { deployedPolicies } from '../contract/tool-classes/deployed-policies';
import { type CallRecord, type Emulator, type EmulatorOptions, startEmulator } from '../emulator';
import type { Persona } from '../policy/testing/file/test-file';
import type { CallOptions, CallResult, VerificationBackend } from '../policy/testing/run/verification-backend';
import { LiveBackend } from './live-backend';

export interface EmulatorBackendOptions extends Pick<EmulatorOptions, 'endpoints' | 'live' | 'answers'> {
  /** Cloud assembly or manifest file. */
  readonly assembly: string;
  /** Construct path, if the assembly has several gateways. */
  readonly gateway?: string;
  readonly appDirectory: string;
}

/**
 * Runs tests against an emulator of its own, enforcing whatever the app's mode: real clients, tokens, interceptors and tools. From
 * inside, it also knows which policies decided.
 */
export class EmulatorBackend implements VerificationBackend {
  readonly name = 'emulator';
  private readonly live: LiveBackend;

  private constructor(
    private readonly emulator: Emulator,
    private readonly records: CallRecord[],
    private readonly time: { now: Date | undefined },
  ) {
    this.live = new LiveBackend({
      name: this.name,
      url: emulator.mcpUrl,
      policies: deployedPolicies(emulator.manifest().policies, emulator.manifest().targets),
      signIn: (persona) => tokenOf(persona, emulator),
    });
  }

  static async start(options: EmulatorBackendOptions): Promise<EmulatorBackend> {
    const records: CallRecord[] = [];
    const time: { now: Date | undefined } = { now: undefined };
    const emulator = await startEmulator({
      ...options,
      port: 0,
      mode: 'ENFORCE',
      explain: true,
      clock: () => time.now ?? new Date(),
      onCall: (record) => records.push(record),
    });
    return new EmulatorBackend(emulator, records, time);
  }

  /** Stand-ins for targets that are not called. */
  notices(): readonly string[] {
    return this.emulator.notices();
  }

  async call(persona: Persona, tool: string, args: JsonObject | undefined, options: CallOptions): Promise<CallResult> {
    await this.moveTo(options.now);
    this.records.length = 0;
    const result = await this.live.call(persona, tool, args, options);
    const record = this.records.findLast(({ method }) => method === 'tools/call');
    return record === undefined ? result : withInsight(result, record);
  }

  async listTools(persona: Persona, now?: Date): Promise<readonly string[]> {
    await this.moveTo(now);
    return await this.live.listTools(persona);
  }

  async stop(): Promise<void> {
    await this.live.close();
    await this.emulator.stop();
  }

  /** Tokens are good at one time only: another time means signing in anew. */
  private async moveTo(now: Date | undefined): Promise<void> {
    if (this.time.now?.getTime() === now?.getTime()) return;
    await this.live.close();
    this.time.now = now;
  }
}

function withInsight(result: CallResult, record: CallRecord): CallResult {
  const { determining, outcome } = record;
  const flips = record.flips.map(({ policy }) => policy);
  if (result.kind === 'allowed') return { ...result, determining, flips };
  if (result.kind !== 'denied' || result.by !== 'policy') return result;
  const why = (): string[] => (record.explanation ?? '').split('\n').filter((line) => line !== '');
  if (outcome === 'ERROR') return { kind: 'error', reason: result.reason, determining, flips, why };
  return { kind: 'denied', by: 'policy', reason: result.reason, determining, flips, why };
}

async function tokenOf(persona: Persona, emulator: Emulator): Promise<string | undefined> {
  if (persona.anonymous) return undefined;
  const { client, groups, attributes, scopes, claims } = persona;
  const own = { groups, attributes, claims, ...(scopes === undefined ? {} : { scopes }) };
  if (client !== undefined) return await emulator.tokenFor({ ...own, client });
  return await emulator.tokenFor({ ...own, username: persona.username ?? persona.name });
}
