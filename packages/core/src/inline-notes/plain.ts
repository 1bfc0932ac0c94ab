import type { Span } from './matches.ts';

/** A text without its markup, and where each of its code units stands in the source. */
export interface Plain {
  readonly text: string;
  readonly offsets: readonly number[];
}

/**
 * What a reader of rendered Markdown does not see: targets of links, HTML tags, the language of a code fence, numbers of
 * a list. Every repetition is bounded, so that no text takes more than linear time.
 */
const unseen =
  /\]\([^()\s]{0,2000}\)|<\/?[a-z][^<>]{0,500}>|^[ \t]{0,8}`{3,8}[^\n`]{0,100}$|^[ \t]{0,20}\d{1,9}[.)](?=[ \t])/gim;
const seen = /[\p{L}\p{N}\p{M}\p{So}\p{Sc}]/u;

/** Letters, digits and pictures of a text, without markup, punctuation and white space. */
export function plain(source: string): Plain {
  const offsets: number[] = [];
  let text = '';
  let at = 0;
  for (const hidden of source.matchAll(unseen)) {
    text += visible(source, at, hidden.index, offsets);
    at = hidden.index + hidden[0].length;
  }
  text += visible(source, at, source.length, offsets);
  return { text, offsets };
}

function visible(source: string, start: number, end: number, offsets: number[]): string {
  let text = '';
  let at = start;
  for (const character of source.slice(start, end)) {
    if (seen.test(character)) {
      text += character;
      for (let unit = 0; unit < character.length; unit += 1) offsets.push(at + unit);
    }
    at += character.length;
  }
  return text;
}

/** A span of the plain text as one of the source. The span holds at least one code unit. */
export function toSource({ offsets }: Plain, { start, end }: Span): Span {
  return { start: offsets[start] ?? 0, end: (offsets[end - 1] ?? 0) + 1 };
}
