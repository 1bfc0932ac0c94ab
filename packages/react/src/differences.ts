import { diffWordsWithSpace } from 'diff';

/** A piece of a text that was kept, added or removed. */
export interface Piece {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
}

/** What changed between two texts, word by word. */
export function differences(before: string, after: string): Piece[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => {
    if (added) return { text: value, change: 'added' };
    return { text: value, change: removed ? 'removed' : 'same' };
  });
}
