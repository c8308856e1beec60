/** How the double behaves. Times in milliseconds of its clock. */
export interface ControlPlaneOptions {
  /** From an accepted creation or update to its end. */
  readonly activation: number;
  readonly deletion: number;
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
  /** Age from which a policy that is stuck in CREATING can be deleted. */
  readonly stuckDeletableAfter: number;
  /** The service lays statements out in its own way. */
  readonly layOut: (statement: string) => string;
}

export const DEFAULT_OPTIONS: ControlPlaneOptions = {
  activation: 3_000,
  deletion: 1_000,
  lag: 0,
  latency: 20,
  pageSize: 100,
  writesPerSecond: 5,
  namesUniqueIn: 'account',
  stuckDeletableAfter: 60_000,
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
  /** The policy is accepted, and its creation or update fails. */
  | 'failure'
  /** The policy is accepted, and stays CREATING. */
  | 'stuck';

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

export const conflict = (message: string): ApiError => new ApiError(409, 'ConflictException', message);
export const notFound = (what: string): ApiError =>
  new ApiError(404, 'ResourceNotFoundException', `${what} does not exist`);
export const invalid = (message: string, reason = 'FieldValidationFailed'): ApiError =>
  new ApiError(400, 'ValidationException', message, reason);
