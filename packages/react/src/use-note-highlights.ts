import { type RefObject, useEffect } from 'react';
import { highlight } from './highlights.ts';
import { type Passage, rangeOfPassage } from './quote-of-selection.ts';

/** Marks the noted passages in a text, and again whenever the text is rendered anew. */
export function useNoteHighlights(text: RefObject<HTMLElement | null>, notes: readonly Passage[]): void {
  const places = JSON.stringify(notes.map(({ quote, position }) => ({ quote, position })));
  useEffect(() => {
    const root = text.current;
    if (root === null) return;
    let clear = mark(root, places);
    const observer = new MutationObserver(() => {
      clear();
      clear = mark(root, places);
    });
    observer.observe(root, { subtree: true, childList: true, characterData: true });
    return () => {
      observer.disconnect();
      clear();
    };
  }, [text, places]);
}

function mark(root: HTMLElement, places: string): () => void {
  const passages: Passage[] = JSON.parse(places);
  return highlight(passages.flatMap((passage) => rangeOfPassage(root, passage) ?? []));
}
