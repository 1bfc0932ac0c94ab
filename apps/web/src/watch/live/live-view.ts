import type { LiveCounters } from '@attune/contracts';

/** The newest counters, and whether they are as of now. */
export interface LiveView {
  /** Null before the first; the last known while the connection is made again. */
  readonly counters: LiveCounters | null;
  readonly connection: 'connecting' | 'live' | 'reconnecting';
}

/** What is shown before anything came. */
export const nothingYet: LiveView = { counters: null, connection: 'connecting' };
