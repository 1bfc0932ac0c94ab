import type { Found } from './kind.ts';

/** Every match of a global pattern that passes the check. */
export function matches(
  text: string,
  pattern: RegExp,
  passes: (match: string, at: number) => boolean = () => true,
): Found[] {
  return [...text.matchAll(pattern)]
    .filter((match) => passes(match[0], match.index))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The group `it` of every match of a global pattern with the flag `d`. */
export function groups(
  text: string,
  pattern: RegExp,
  passes: (match: string, at: number) => boolean = () => true,
): Found[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [start, end] = match.indices?.groups?.it ?? [0, 0];
    return end > start && passes(text.slice(start, end), start) ? [{ start, end }] : [];
  });
}
