/** Names under which a correction or a note of an item is kept while it is written. */
export const draftNames = {
  correct: (id: string) => `review-correction:${id}`,
  note: (id: string) => `review-note:${id}`,
};
