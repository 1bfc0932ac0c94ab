/** A passage with what stands around it. */
export interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** A part of a text in UTF-16 code units, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Places that are looked at, however often a short quote occurs. */
const MOST_PLACES = 1000;

/** Where a passage occurs, overlaps included; the first thousand places. */
export function matches(text: string, passage: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(passage); at !== -1; at = text.indexOf(passage, at + 1)) {
    found.push({ start: at, end: at + passage.length });
    if (found.length === MOST_PLACES) break;
  }
  return found;
}

/** The place whose surroundings fit the quote's best; of equal ones the nearest to `near`. Null without places. */
export function closest(
  text: string,
  places: readonly Span[],
  { prefix, suffix }: Quote,
  near: number,
): Span | null {
  let best: { place: Span; fit: number; distance: number } | null = null;
  for (const place of places) {
    const fit = sameEnd(text, place.start, prefix) + sameStart(text, place.end, suffix);
    const distance = Math.abs(place.start - near);
    if (best === null || fit > best.fit || (fit === best.fit && distance < best.distance)) {
      best = { place, fit, distance };
    }
  }
  return best?.place ?? null;
}

/** How many characters before `end` are the last ones of `prefix`. */
function sameEnd(text: string, end: number, prefix: string): number {
  let same = 0;
  while (same < prefix.length && same < end && text[end - 1 - same] === prefix[prefix.length - 1 - same]) {
    same += 1;
  }
  return same;
}

/** How many characters from `start` on are the first ones of `suffix`. */
function sameStart(text: string, start: number, suffix: string): number {
  let same = 0;
  while (same < suffix.length && start + same < text.length && text[start + same] === suffix[same]) same += 1;
  return same;
}
