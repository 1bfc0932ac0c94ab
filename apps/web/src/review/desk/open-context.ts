import { useState } from 'react';
import { remember, remembered } from '../../shell/remembered.ts';
import { type ContextPart, contextParts } from '../item/context-parts.ts';

const KEY = 'attune-review-context';

function first(): ReadonlySet<ContextPart> {
  const kept = remembered(KEY)?.split(' ') ?? ['conversation', 'candidates'];
  return new Set(contextParts.filter((part) => kept.includes(part)));
}

/** Which parts of the context are unfolded: for every item alike, also at the next visit. */
export function useOpenContext() {
  const [open, setOpen] = useState(first);
  const show = (parts: ReadonlySet<ContextPart>) => {
    setOpen(parts);
    remember(KEY, [...parts].join(' '));
  };
  return {
    open,
    set: (part: ContextPart, now: boolean) => {
      const parts = new Set(open);
      if (now) parts.add(part);
      else parts.delete(part);
      show(parts);
    },
    /** Everything, or nothing where something is unfolded. */
    toggleAll: () => show(new Set(open.size > 0 ? [] : contextParts)),
  };
}
