/**
 * Short-lived values and messages that replicas share where there is a Redis, and that stay in the process where
 * there is none. It may forget anything at any time: what must last belongs in the database. Nothing here rejects
 * because Redis is away.
 */
export interface Cache {
  /** The value, or undefined where there is none, its time is over, or Redis is away. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a value for a time in seconds (fractions allowed). */
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  delete(key: string): Promise<void>;
  /**
   * Adds a whole number to a counter that begins at 0, and tells the sum. The counter's time begins with its first
   * increment and is not prolonged. While Redis is away every call tells `by`.
   */
  increment(key: string, by: number, ttlSeconds: number): Promise<number>;
  /** Tells every subscriber of the channel, on this replica and, through Redis, on the others. */
  publish(channel: string, message: string): Promise<void>;
  /** Hears what is published from now on; resolves to the function that ends it. */
  subscribe(channel: string, handler: (message: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
