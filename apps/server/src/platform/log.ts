import pino from 'pino';
import { prettyLine } from './log-line.ts';
import { redact } from './redact.ts';

/** Fields that travel with a line; an error under `err` keeps its stack. */
export type LogFields = Record<string, unknown>;

/** One method per level, most quiet first. `child` adds fields to every line of the new log. */
export interface Log {
  trace(fields: LogFields, message?: string): void;
  debug(fields: LogFields, message?: string): void;
  info(fields: LogFields, message?: string): void;
  warn(fields: LogFields, message?: string): void;
  error(fields: LogFields, message?: string): void;
  fatal(fields: LogFields, message?: string): void;
  child(fields: LogFields): Log;
}

/** Where finished lines go, each ending in a line break. */
export interface LogSink {
  write(line: string): unknown;
}

export interface LogOptions {
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** One readable line per entry instead of JSON; by default where the sink is a terminal. */
  pretty?: boolean;
  /** Standard error unless given: standard output belongs to what a command prints. */
  sink?: LogSink;
}

function standardError(): LogSink {
  return pino.destination({ fd: 2, sync: true });
}

/**
 * Opens the log: JSON lines with an ISO time, a level by name and no secrets (see `redact`), or one readable
 * line per entry on a terminal. Secrets are removed from the finished line, so that none hides in a nested
 * object, a message or a stack.
 */
export function createLog(options: LogOptions = {}): Log {
  const sink = options.sink ?? standardError();
  const pretty = options.pretty ?? (options.sink === undefined && process.stderr.isTTY === true);
  const finish = pretty ? (line: string) => prettyLine(redact(line)) : redact;
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void sink.write(finish(line)) },
  );
}

/** A log that says nothing, for tests and one-off tools. */
export const silentLog: Log = createLog({ level: 'silent', sink: { write: () => undefined } });
