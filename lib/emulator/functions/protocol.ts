/** What crosses the border between the emulator and a function's thread. Payloads travel as JSON text, as in Lambda. */
export interface RuntimeSettings {
  /** Folder of the bundle. */
  readonly directory: string;
  /** `file.export`. */
  readonly handler: string;
  readonly functionName: string;
  readonly memoryMb: number;
  readonly payloadMaxBytes: number;
  /** Packages of the AWS SDK that are loaded with the bundle, wherever it imports them. */
  readonly sdkClients: readonly string[];
}

export interface Invocation {
  readonly id: number;
  readonly requestId: string;
  readonly event: string;
  /** JSON text of the client context; absent when the caller sent none. */
  readonly clientContext?: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

export type RuntimeMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'init-failed'; readonly message: string }
  /** What a step of an interceptor did, as JSON text of a `StepTrace`; before the result. */
  | { readonly type: 'step'; readonly id: number; readonly trace: string }
  | { readonly type: 'result'; readonly id: number; readonly payload: string }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly kind: 'error' | 'too-large' | 'not-json';
      readonly message: string;
    };
