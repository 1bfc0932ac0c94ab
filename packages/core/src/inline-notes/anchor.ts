import { closest, matches, type Quote, type Span } from './matches.ts';
import { nearestPassage } from './nearest-passage.ts';
import { plain, toSource } from './plain.ts';

/**
 * Finds a quoted passage in a text: where `position` says, if the quote stands there; else where the quote occurs, and
 * of several places the one whose surroundings fit `prefix` and `suffix` best, then the one nearest to `position`; else
 * where it occurs apart from markup, punctuation and white space (a quote from rendered Markdown); else the passage most
 * like it (the text was edited since). Null when nothing is like it.
 *
 * Quote and position are those of the W3C Web Annotation Data Model (TextQuoteSelector, TextPositionSelector); offsets
 * are UTF-16 code units, the end not included. The time is linear in the text with a bounded number of comparisons.
 */
export function anchor(text: string, quote: Quote, position: Span): Span | null {
  const { exact } = quote;
  if (exact === '') return null;
  if (text.slice(position.start, position.end) === exact) return { start: position.start, end: position.end };
  const verbatim = closest(text, matches(text, exact), quote, position.start);
  return verbatim ?? apartFromMarkup(text, quote, position);
}

function apartFromMarkup(text: string, quote: Quote, position: Span): Span | null {
  const source = plain(text);
  const wanted: Quote = {
    exact: plain(quote.exact).text,
    prefix: plain(quote.prefix).text,
    suffix: plain(quote.suffix).text,
  };
  if (wanted.exact === '') return null;
  const near = source.offsets.findIndex((offset) => offset >= position.start);
  const found =
    closest(source.text, matches(source.text, wanted.exact), wanted, near) ??
    nearestPassage(source.text, wanted);
  return found && widened(text, quote.exact, toSource(source, found));
}

/** With the punctuation at the ends of the quote, where it stands at the ends of the passage too. */
function widened(text: string, exact: string, { start, end }: Span): Span {
  const edges = plain(exact);
  const before = exact.slice(0, edges.offsets[0]);
  const after = exact.slice((edges.offsets.at(-1) ?? 0) + 1);
  return {
    start: text.slice(0, start).endsWith(before) ? start - before.length : start,
    end: text.startsWith(after, end) ? end + after.length : end,
  };
}

export type { Quote, Span } from './matches.ts';
