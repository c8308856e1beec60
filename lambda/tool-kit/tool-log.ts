/** Fields of a log entry. */
export interface LogFields {
  readonly [name: string]: unknown;
}

/** A structured log: one JSON object per entry. */
export interface ToolLog {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Where entries go: the console, which Lambda writes to the function's log group. */
export interface LogSink {
  info(entry: LogFields): void;
  warn(entry: LogFields): void;
  error(entry: LogFields): void;
}

/** A log whose entries all carry some fields. */
export function toolLog(sink: LogSink, common: LogFields): ToolLog {
  const entry = (message: string, fields?: LogFields): LogFields => ({ message, ...common, ...fields });
  return {
    info: (message, fields) => sink.info(entry(message, fields)),
    warn: (message, fields) => sink.warn(entry(message, fields)),
    error: (message, fields) => sink.error(entry(message, fields)),
  };
}
