import { readSecret } from '../sdk/secret-value';

/** Where values of secrets come from: AWS Secrets Manager, or a stand-in in tests. */
export type SecretSource = (secretId: string, signal: AbortSignal) => Promise<string>;

/** Milliseconds for which an instance remembers the value. Guards take the value before for longer than that. */
const LIFE = 300_000;

/** The gateway's secret, read when a call first needs it. A value that could not be read is not remembered. */
export class RememberedSecret {
  private known: { readonly value: Promise<string>; readonly until: number } | undefined;

  constructor(
    private readonly source: SecretSource = readSecret,
    private readonly environment: { readonly [name: string]: string | undefined } = process.env,
  ) {}

  /** Rejects when it cannot be read: then there is no proof, and no call. */
  read(variable: string, now: Date, signal: AbortSignal): Promise<string> {
    const secretId = this.environment[variable];
    if (secretId === undefined || secretId === '') return Promise.reject(new Error(`${variable} is not set`));
    if (this.known !== undefined && now.getTime() < this.known.until) return this.known.value;
    const value = this.source(secretId, signal);
    const entry = { value, until: now.getTime() + LIFE };
    this.known = entry;
    const forget = (): void => {
      if (this.known === entry) this.known = undefined;
    };
    value.then(() => signal.removeEventListener('abort', forget), forget);
    signal.addEventListener('abort', forget, { once: true });
    return value;
  }
}
