import { useCallback, useRef, useState } from 'react';
import { distanceToEnd, followsEnd, NEAR, type ScrollPlace } from './follow-end.ts';

function placeOf(box: HTMLElement): ScrollPlace {
  return { top: box.scrollTop, height: box.clientHeight, contentHeight: box.scrollHeight };
}

/**
 * Keeps the end of a growing text in view until the reader scrolls up or uses something in it. `ref` is for the
 * scrolling box.
 */
export function useFollowEnd() {
  const box = useRef<HTMLElement | null>(null);
  const follows = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    follows.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);

  const ref = useCallback((element: HTMLElement | null) => {
    box.current = element;
    if (element === null) return;
    let before = placeOf(element);
    const look = () => setAtEnd(distanceToEnd(placeOf(element)) <= NEAR);
    const onScroll = () => {
      const now = placeOf(element);
      follows.current = followsEnd(follows.current, before, now);
      before = now;
      look();
    };
    // Who unfolds or writes something wants to see that, not the end.
    const onUse = () => {
      follows.current = false;
    };
    const grown = new ResizeObserver(() => {
      if (follows.current) element.scrollTo({ top: element.scrollHeight });
      look();
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('click', onUse);
    grown.observe(element);
    for (const child of element.children) grown.observe(child);
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('click', onUse);
      grown.disconnect();
    };
  }, []);

  return { ref, atEnd, toEnd };
}
