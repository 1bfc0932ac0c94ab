import type { LiveCounters } from '@attune/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { api } from '../../shell/api.ts';
import { isSignedOut } from '../../shell/said-error.ts';
import { meQuery, useMe } from '../../shell/session.ts';
import { follow } from './follow.ts';
import { type LiveView, nothingYet } from './live-view.ts';
import { canShare, shareAmongTabs } from './share-among-tabs.ts';
import { usePageVisible } from './use-page-visible.ts';
import { wait } from './wait.ts';

const Live = createContext<LiveView>(nothingYet);

/** The live counters, as of now. */
export function useLive(): LiveView {
  return useContext(Live);
}

/** Reads the counters for as long as somebody is signed in; a break keeps the last ones and connects again. */
function reader(queries: QueryClient) {
  return (tell: (view: LiveView) => void, last: LiveView, signal: AbortSignal) => {
    let view = last;
    const say = (changes: Partial<LiveView>) => {
      view = { ...view, ...changes };
      tell(view);
    };
    return follow<LiveCounters>(
      {
        open: (stop) => api.watchCounters({}, { signal: stop }),
        onValue: (counters) => say({ counters, connection: 'live' }),
        onBreak: (error) => {
          say({ connection: 'reconnecting' });
          if (!isSignedOut(error)) return true;
          queries.setQueryData(meQuery.queryKey, null);
          return false;
        },
        wait,
        random: Math.random,
      },
      signal,
    );
  };
}

/** The live counters for the whole page, over one connection for all tabs; where tabs cannot share, hidden ones close theirs. */
export function LiveSource({ children }: { children: ReactNode }) {
  const [view, setView] = useState(nothingYet);
  const queries = useQueryClient();
  const { organization } = useMe();
  const reading = usePageVisible() || canShare();

  useEffect(() => {
    if (!reading) return;
    const stop = new AbortController();
    const read = reader(queries);
    const done = canShare()
      ? shareAmongTabs({ name: `attune-live:${organization}`, read, onView: setView }, stop.signal)
      : read(setView, nothingYet, stop.signal);
    done.catch((error: unknown) => reportError(error));
    return () => stop.abort();
  }, [reading, queries, organization]);

  return <Live value={view}>{children}</Live>;
}
