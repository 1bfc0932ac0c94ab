import type { JobEvent } from '@attune/contracts';
import { useEffect, useState } from 'react';
import { api } from '../../shell/api.ts';

type Kind<Type extends JobEvent['type']> = Extract<JobEvent, { type: Type }>;

/** What a run has said: its newest lines, samples, alarms. */
export interface JobNews {
  readonly logs: readonly Kind<'log'>[];
  readonly samples: readonly Kind<'sample'>[];
  readonly alarms: readonly Kind<'alarm'>[];
}

const MOST_LINES = 1000;
const MOST_SAMPLES = 200;
/** Events of the past come by the thousand: the page is drawn once for all that came meanwhile. */
const DRAW_MS = 200;
const AGAIN_MS = 3000;

const nothing: JobNews = { logs: [], samples: [], alarms: [] };

/** Listens to a run: what it said before, then what it says. A broken connection is made again from the start. */
export function useJobEvents(id: string): JobNews {
  const [news, setNews] = useState<JobNews>(nothing);
  useEffect(() => {
    const leaving = new AbortController();
    void listen(id, leaving.signal, setNews);
    return () => leaving.abort();
  }, [id]);
  return news;
}

async function listen(id: string, signal: AbortSignal, show: (news: JobNews) => void): Promise<void> {
  while (!signal.aborted) {
    let news = nothing;
    const timer = setInterval(() => show(news), DRAW_MS);
    try {
      for await (const event of api.watchJob({ params: { id } }, { signal })) news = after(news, event);
      show(news);
      return;
    } catch {
      // The server went away, or this page: it is tried again unless the page is left.
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    } finally {
      clearInterval(timer);
    }
  }
}

function after(news: JobNews, event: JobEvent): JobNews {
  switch (event.type) {
    case 'log':
      return { ...news, logs: [...news.logs, event].slice(-MOST_LINES) };
    case 'sample':
      return { ...news, samples: [...news.samples, event].slice(-MOST_SAMPLES) };
    case 'alarm':
      return { ...news, alarms: [...news.alarms, event] };
    default:
      return news;
  }
}
