import { type LiveView, nothingYet } from './live-view.ts';

const HELLO = 'hello';

interface Sharing {
  /** Tabs that share a name share one reader. */
  readonly name: string;
  /** Reads the stream and tells each view, from the last known on, until the signal says stop. */
  readonly read: (tell: (view: LiveView) => void, last: LiveView, signal: AbortSignal) => Promise<void>;
  readonly onView: (view: LiveView) => void;
}

/** Whether this browser can share; it cannot on a page that came over plain http from another machine. */
export function canShare(): boolean {
  return 'locks' in navigator && 'BroadcastChannel' in window;
}

/**
 * One connection for all tabs of the browser, which allows six to a server: the tab that holds the lock reads and
 * tells the others. The lock passes on by itself when that tab closes or crashes.
 */
export async function shareAmongTabs({ name, read, onView }: Sharing, signal: AbortSignal): Promise<void> {
  const channel = new BroadcastChannel(name);
  let last = nothingYet;
  let leading = false;
  channel.onmessage = ({ data }: MessageEvent<LiveView | typeof HELLO>) => {
    if (data === HELLO) {
      if (leading) channel.postMessage(last);
      return;
    }
    last = data;
    onView(data);
  };
  const tell = (view: LiveView) => {
    if (signal.aborted) return;
    last = view;
    onView(view);
    channel.postMessage(view);
  };
  channel.postMessage(HELLO);
  try {
    await navigator.locks.request(name, { signal }, async () => {
      leading = true;
      await read(tell, last, signal);
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    channel.close();
  }
}
