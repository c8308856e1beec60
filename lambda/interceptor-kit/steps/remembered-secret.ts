import { readSecret } from '../sdk/secret-value';

/** Where values of secrets come from: AWS Secrets Manager, or a stand-in in tests. */
export type SecretSource = (secretId: string, signal: AbortSignal) => Promise<string>;

/** Milliseconds for which an instance remembers the value. Guards take the value before for longer than that. */
const LIFE = 300_000;

/** A secret as an instance remembers it: its value as soon as it is there. */
interface Entry {
  readonly variable: string;
  value: string | Promise<string>;
  readonly until: number;
}

/** The gateway's secret, read when a call first needs it. A value that could not be read is not remembered. */
export class RememberedSecret {
  private known: Entry | undefined;

  constructor(
    private readonly source: SecretSource = readSecret,
    private readonly environment: { readonly [name: string]: string | undefined } = process.env,
  ) {}

  /** The value itself where it is remembered. Rejects when it cannot be read: then there is no proof, and no call. */
  read(variable: string, now: Date, waiting: { readonly signal: AbortSignal }): string | Promise<string> {
    // Before the environment is asked, which takes longer than all else here.
    if (this.known?.variable === variable && now.getTime() < this.known.until) return this.known.value;
    const secretId = this.environment[variable];
    if (secretId === undefined || secretId === '') return Promise.reject(new Error(`${variable} is not set`));
    const { signal } = waiting;
    const asked = this.ask(secretId, signal);
    const entry: Entry = { variable, value: asked, until: now.getTime() + LIFE };
    this.known = entry;
    const forget = (): void => {
      if (this.known === entry) this.known = undefined;
    };
    asked.then((value) => {
      entry.value = value;
      signal.removeEventListener('abort', forget);
    }, forget);
    signal.addEventListener('abort', forget, { once: true });
    return asked;
  }

  private async ask(secretId: string, signal: AbortSignal): Promise<string> {
    return this.source(secretId, signal);
  }
}
