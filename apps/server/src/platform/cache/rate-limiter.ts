/** So many points in so many seconds, counted from the first one on. */
export interface RateLimit {
  points: number;
  /** Whole seconds. */
  seconds: number;
}

export interface RateDecision {
  allowed: boolean;
  /** Time until the points are full again, in seconds, more than 0. */
  retryAfterSeconds: number;
  /** Points left. */
  remaining: number;
}

/** Counts how often something is done and says when it is too often; with Redis, over all replicas. */
export interface RateLimiter {
  /** Takes one point of a key. While Redis is away each replica counts for itself. */
  consume(key: string, limit: RateLimit): Promise<RateDecision>;
}
