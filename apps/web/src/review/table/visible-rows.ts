/** Rows drawn above and below what is seen, so that quick scrolling shows no gaps. */
const MARGIN = 8;

/** Which of `count` rows of one height have to be drawn, `end` not included. */
export function visibleRows(view: { top: number; height: number; rowHeight: number; count: number }): {
  start: number;
  end: number;
} {
  const first = Math.floor(view.top / view.rowHeight);
  const last = Math.ceil((view.top + view.height) / view.rowHeight);
  return {
    start: Math.max(0, Math.min(first - MARGIN, view.count)),
    end: Math.min(view.count, last + MARGIN),
  };
}
