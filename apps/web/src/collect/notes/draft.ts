import type { Passage, ShownNote } from '@attune/react';

/** A note that is being written, on a passage or in place of an earlier note. */
export interface Draft {
  readonly passage: Passage;
  readonly before: ShownNote | null;
}
