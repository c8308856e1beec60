/** An error of the control plane, as the service answers with it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

export function invalid(message: string): ApiError {
  return new ApiError(400, 'ValidationException', message);
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'ResourceNotFoundException', `there is no ${what}`);
}
