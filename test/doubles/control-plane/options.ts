/** How the double behaves. Times in milliseconds of its clock. */
export interface ControlPlaneOptions {
  /** From an accepted creation or update to its end. */
  readonly activation: number;
  readonly deletion: number;
  /** From a request in natural language to what became of it. */
  readonly generation: number;
  /** How old reads are. */
  readonly lag: number;
  /** From a request to its answer. */
  readonly latency: number;
  /** Largest page, whatever the request allows. */
  readonly pageSize: number;
  /** Accepted writes of policies in any second. */
  readonly writesPerSecond: number;
  /** Within what policy names are unique: sources disagree. */
  readonly namesUniqueIn: 'account' | 'engine';
  /** Age from which a policy that is stuck in CREATING, UPDATING or DELETING takes another write. */
  readonly stuckDeletableAfter: number;
  /** Whether an engine takes several writes of policies at the same time, or one after the other. */
  readonly concurrentWrites: boolean;
  /** The service lays statements out in its own way. */
  readonly layOut: (statement: string) => string;
}

export const DEFAULT_OPTIONS: ControlPlaneOptions = {
  activation: 3_000,
  deletion: 1_000,
  generation: 15_000,
  lag: 0,
  latency: 20,
  pageSize: 100,
  writesPerSecond: 5,
  namesUniqueIn: 'account',
  stuckDeletableAfter: 60_000,
  concurrentWrites: true,
  layOut: (statement) => statement,
};

/** What can go wrong with one request. */
export type Fault =
  /** 429. */
  | 'throttle'
  /** 500, and nothing was done. */
  | 'error'
  /** The connection breaks before anything was done. */
  | 'reset'
  /** The change is made, and the answer never arrives. */
  | 'lost-answer'
  /** 403. */
  | 'denied'
  /** 404. */
  | 'missing'
  /** 402. */
  | 'quota'
  /** 503, and nothing was done. */
  | 'unavailable'
  /** The call is never answered, and nothing was done. */
  | 'hang'
  /** The change is made, and the call is never answered. */
  | 'hang-after'
  /** The change is accepted, and fails. */
  | 'failure'
  /** Likewise, without any status reason. */
  | 'silent-failure'
  /** The change is accepted, and never ends by itself. */
  | 'stuck'
  /** The change is accepted, and takes {@link SLOW}. */
  | 'slow';

/** How long a slow change takes, in milliseconds: longer than a tick. */
export const SLOW = 400_000;

/** An answer that never arrives, as the caller sees it. */
export class BrokenConnection extends Error {
  readonly code = 'ECONNRESET';
}

/** An error answer of the API. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    /** Of a ValidationException. */
    readonly reason?: string,
  ) {
    super(message);
  }
}

/** Operations of engines and policies that a quota can refuse, as the model of the API lists their errors: none that only reads or removes. */
export const MAY_EXCEED_QUOTA: ReadonlySet<string> = new Set(['CreatePolicyEngine', 'CreatePolicy', 'UpdatePolicy']);

export const quotaExceeded = (message: string): ApiError => new ApiError(402, 'ServiceQuotaExceededException', message);
export const conflict = (message: string): ApiError => new ApiError(409, 'ConflictException', message);
export const notFound = (what: string): ApiError =>
  new ApiError(404, 'ResourceNotFoundException', `${what} does not exist`);
export const invalid = (message: string, reason = 'FieldValidationFailed'): ApiError =>
  new ApiError(400, 'ValidationException', message, reason);
