import type { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';

/** Time as the handlers see it, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = { readonly [field: string]: string | number | boolean | readonly string[] | undefined };

/** Writes one structured line. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** Everything outside of the process that the handlers touch. */
export interface Edges {
  readonly client: BedrockAgentCoreControlClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Text of an object in S3. */
  readonly readObject: (bucket: string, key: string) => Promise<string>;
}
