import type { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import type { Own } from './request/own';

/** Time as the handlers see it, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after a time, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = { readonly [field: string]: string | number | boolean | readonly string[] | undefined };

/** Writes one structured line. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** Values of one secret. A version that is pending becomes the current one when every guard takes it. */
export interface ProofSecret {
  readonly arn: string;
  /** The values that guards take: the current one, and the pending or else the previous one. */
  values(): Promise<readonly string[]>;
  /** Makes a pending value. Does nothing when there is a version of this id. */
  begin(versionId: string): Promise<void>;
  /** Makes a version the current one. Does nothing when it is. */
  finish(versionId: string): Promise<void>;
}

/** Everything outside of the process that the handlers touch. */
export interface HandlerDependencies {
  readonly client: BedrockAgentCoreControlClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Text of an object in S3. */
  readonly readObject: (bucket: string, key: string, signal: AbortSignal) => Promise<string>;
  /** The secret with which interceptors prove themselves. Undefined for a gateway without. */
  readonly proofSecret?: ProofSecret | undefined;
  /** What the handlers are responsible for. */
  readonly own: Own;
}
