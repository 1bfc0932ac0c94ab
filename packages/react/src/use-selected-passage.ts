import { type RefObject, useEffect, useState } from 'react';
import { type Passage, selectedPassage } from './quote-of-selection.ts';

/** What is selected in a text now, and a way to let go of it. */
export function useSelectedPassage(text: RefObject<HTMLElement | null>) {
  const [selected, setSelected] = useState<Passage | null>(null);
  useEffect(() => {
    const page = text.current?.ownerDocument;
    const notice = () => setSelected(text.current && selectedPassage(text.current));
    page?.addEventListener('selectionchange', notice);
    return () => page?.removeEventListener('selectionchange', notice);
  }, [text]);
  return [selected, setSelected] as const;
}
