/** Name under which the style sheet finds noted passages (`::highlight(attune-note)`). */
const NAME = 'attune-note';

/**
 * Marks ranges in the page without touching its elements (CSS Custom Highlight API), so that whatever renders the text
 * is not disturbed. Returns what takes the marks away. Does nothing where the browser knows no highlights: the list of
 * notes is there all the same.
 */
export function highlight(ranges: readonly Range[]): () => void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return () => undefined;
  const marks = CSS.highlights.get(NAME) ?? new Highlight();
  CSS.highlights.set(NAME, marks);
  for (const range of ranges) marks.add(range);
  return () => {
    for (const range of ranges) marks.delete(range);
  };
}
