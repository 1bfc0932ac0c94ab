import type { Desk } from './desk.ts';

/** Well below the server's five minutes, so that one lost heartbeat does not matter. */
const BEAT_MS = 60_000;
/** As long as the server holds an item that nobody renews. */
const LEASE_MS = 5 * 60_000;

interface Told {
  onError(error: unknown): void;
  /** The page was left and came back as it was, as by the browser's back button. */
  onReturn(): void;
}

/** Holds what lies on a desk for as long as the page is seen, and lets it go when the page is left. Returns what stops it. */
export function holdWhileSeen(desk: Desk, { onError, onReturn }: Told): () => void {
  let beaten = Date.now();
  const beat = async () => {
    const over = Date.now() - beaten > LEASE_MS;
    beaten = Date.now();
    await (over ? desk.resume() : desk.beat());
  };
  const beatWhenSeen = () => {
    // A beat that is lost is made up for by the next; that a reservation ran out is said when it is missed.
    if (document.visibilityState === 'visible') beat().catch(onError);
  };
  const leave = () => desk.leave();
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) onReturn();
  };
  const timer = setInterval(beatWhenSeen, BEAT_MS);
  document.addEventListener('visibilitychange', beatWhenSeen);
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', comeBack);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', beatWhenSeen);
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', comeBack);
  };
}
