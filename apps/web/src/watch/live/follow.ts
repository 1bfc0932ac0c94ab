import { reconnectDelay } from './reconnect-delay.ts';

export interface Following<Value> {
  /** Opens a new connection. */
  open(signal: AbortSignal): AsyncIterable<Value>;
  /** A value came. */
  onValue(value: Value): void;
  /** The connection ended (null) or failed; a new one follows unless this answers false. */
  onBreak(error: unknown): boolean;
  /** Waits; cut short by the signal. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

/** Reads a stream of values and opens it again whenever it breaks, until the signal says stop. */
export async function follow<Value>(what: Following<Value>, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      for await (const value of what.open(signal)) {
        failures = 0;
        what.onValue(value);
      }
      if (signal.aborted || !what.onBreak(null)) return;
    } catch (error) {
      if (signal.aborted || !what.onBreak(error)) return;
    }
    failures += 1;
    await what.wait(reconnectDelay(failures, what.random()), signal);
  }
}
