import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';

/** Asks before unsaved work is left, also when the tab is closed. */
export function useLeaveGuard(unsaved: boolean) {
  const allowed = useRef(false);
  const blocked = useBlocker({
    shouldBlockFn: () => unsaved && !allowed.current,
    enableBeforeUnload: () => unsaved && !allowed.current,
    withResolver: true,
  });
  return {
    blocked,
    /** Nothing is asked any more: the work is saved, or is to be given up. */
    allow: () => {
      allowed.current = true;
    },
  };
}
