import type { JudgingDesk } from './judging-desk.ts';

/** Well below the server's fifteen minutes, so that one lost renewal does not matter. */
const RENEW_MS = 4 * 60_000;

/** Keeps what lies on a desk for as long as the page is seen, and gives it back when it is left. Returns what stops it. */
export function holdWhileSeen(desk: JudgingDesk): () => void {
  const renew = () => {
    if (document.visibilityState === 'visible') void desk.refill();
  };
  const leave = () => desk.leave();
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void desk.comeBack();
  };
  const timer = setInterval(renew, RENEW_MS);
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', comeBack);
  return () => {
    clearInterval(timer);
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', comeBack);
  };
}
