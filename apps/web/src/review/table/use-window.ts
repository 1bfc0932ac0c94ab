import { type RefObject, useEffect, useState } from 'react';
import { visibleRows } from './visible-rows.ts';

/** The rows of a scrolling element that have to be drawn. */
export function useWindow(scroller: RefObject<HTMLElement | null>, rowHeight: number, count: number) {
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return visibleRows({ ...view, rowHeight, count });
}
