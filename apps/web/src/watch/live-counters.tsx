import type { LiveCounters } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { api } from '../shell/api.ts';
import { isSignedOut } from '../shell/said-error.ts';
import { meQuery } from '../shell/session.ts';
import { follow } from './follow.ts';
import { usePageVisible } from './use-page-visible.ts';
import { wait } from './wait.ts';

export interface LiveView {
  /** The newest counters; null before the first. */
  readonly counters: LiveCounters | null;
  readonly connection: 'connecting' | 'live' | 'reconnecting';
}

const Live = createContext<LiveView>({ counters: null, connection: 'connecting' });

/** The live counters, as of now. */
export function useLiveCounters(): LiveView {
  return useContext(Live);
}

/**
 * One connection for the whole page. Hidden pages close theirs: browsers allow six to a server, and many tabs would
 * use them up.
 */
export function LiveCountersSource({ children }: { children: ReactNode }) {
  const [view, setView] = useState<LiveView>({ counters: null, connection: 'connecting' });
  const visible = usePageVisible();
  const queries = useQueryClient();

  useEffect(() => {
    if (!visible) return;
    const stop = new AbortController();
    const done = follow<LiveCounters>(
      {
        open: (signal) => api.watchCounters({}, { signal }),
        onValue: (counters) => setView({ counters, connection: 'live' }),
        onBreak: (error) => {
          setView((before) => ({ ...before, connection: 'reconnecting' }));
          if (!isSignedOut(error)) return true;
          queries.setQueryData(meQuery.queryKey, null);
          return false;
        },
        wait,
        random: Math.random,
      },
      stop.signal,
    );
    done.catch((error: unknown) => reportError(error));
    return () => stop.abort();
  }, [visible, queries]);

  return <Live value={view}>{children}</Live>;
}
