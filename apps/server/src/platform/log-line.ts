import { z } from 'zod';

const entry = z.looseObject({ time: z.string(), level: z.string(), msg: z.string().optional() });

const COLOURS: Record<string, number> = { trace: 90, debug: 36, info: 32, warn: 33, error: 31, fatal: 35 };

function paint(level: string): string {
  return `\u001b[${COLOURS[level] ?? 0}m${level.toUpperCase().padEnd(5)}\u001b[0m`;
}

function field([name, value]: [string, unknown]): string {
  return `${name}=${typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value)}`;
}

function stackOf(error: unknown): string {
  const parsed = z.object({ stack: z.string() }).safeParse(error);
  return parsed.success ? `\n${parsed.data.stack}` : '';
}

/** Turns a JSON log line into one for people: local time, level, message, fields, and an error's stack below. */
export function prettyLine(line: string): string {
  const { time, level, msg, err, ...fields } = entry.parse(JSON.parse(line));
  const clock = new Date(time).toTimeString().slice(0, 8);
  const tail = Object.entries(fields).map(field).join(' ');
  return `${[clock, paint(level), msg, tail].filter(Boolean).join(' ')}${stackOf(err)}\n`;
}
