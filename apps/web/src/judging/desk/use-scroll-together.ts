import { type RefObject, useEffect } from 'react';

/**
 * Scrolls the panes inside an element together, each by the same share of its own length, so that texts of different
 * lengths reach their ends at once.
 */
export function useScrollTogether(around: RefObject<HTMLElement | null>, on: boolean): void {
  useEffect(() => {
    const element = around.current;
    if (element === null || !on) return;
    const panes = () => [...element.querySelectorAll('[data-pane]')];
    /** Panes that were moved here; the event that follows is not the reader's. */
    const moved = new Set<EventTarget>();
    const follow = (event: Event) => {
      const { target } = event;
      if (!(target instanceof Element) || !target.matches('[data-pane]') || moved.delete(target)) return;
      const share = target.scrollTop / Math.max(1, target.scrollHeight - target.clientHeight);
      for (const pane of panes()) {
        if (pane === target) continue;
        const before = pane.scrollTop;
        pane.scrollTop = share * (pane.scrollHeight - pane.clientHeight);
        if (pane.scrollTop !== before) moved.add(pane);
      }
    };
    // Scrolling does not bubble.
    element.addEventListener('scroll', follow, { capture: true, passive: true });
    return () => element.removeEventListener('scroll', follow, { capture: true });
  }, [around, on]);
}
