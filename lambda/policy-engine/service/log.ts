import { withoutProofs } from '../../../lib/contract/interceptor-proof';
import type { Log, LogLevel } from '../dependencies';

const ORDER: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** A log of JSON lines, as Lambda's log group and its insights queries expect them. It shows no proof, also where it quotes statements. */
export function jsonLog(write: (line: string) => void, threshold: LogLevel): Log {
  return (level, message, fields) => {
    if (ORDER.indexOf(level) < ORDER.indexOf(threshold)) return;
    write(withoutProofs(JSON.stringify({ level: level.toUpperCase(), message, ...fields })));
  };
}

/** The level that an environment variable names, `info` otherwise. */
export function logLevel(name: string | undefined): LogLevel {
  return ORDER.find((level) => level === name?.toLowerCase()) ?? 'info';
}
