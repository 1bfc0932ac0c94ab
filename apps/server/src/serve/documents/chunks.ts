import { words } from '@attune/core';

/** Words that a chunk aims at, and up to which a document is left whole. */
const CHUNK_WORDS = 200;
const WHOLE_WORDS = 400;

/**
 * Cuts a document into passages that can each stand as an answer: whole when it is short, else at paragraphs, at
 * sentences where a paragraph is too long, and between words where a sentence is. No passage is empty.
 */
export function chunksOf(text: string): string[] {
  const whole = text.trim();
  if (whole === '') return [];
  if (words(whole).length < WHOLE_WORDS) return [whole];
  return packed(whole.split(/\n\s*\n/).flatMap(paragraphParts), '\n\n');
}

function paragraphParts(paragraph: string): string[] {
  const text = paragraph.trim();
  if (text === '') return [];
  if (words(text).length <= CHUNK_WORDS) return [text];
  return packed(text.split(/(?<=[.!?…。！？।])\s*(?=\S)|\n/u).flatMap(sentenceParts), ' ');
}

function sentenceParts(sentence: string): string[] {
  const text = sentence.trim();
  if (words(text).length <= CHUNK_WORDS) return text === '' ? [] : [text];
  const parts: string[] = [];
  // A script without spaces gives one long run: it is cut by characters.
  for (const run of text.split(/\s+/)) parts.push(...(run.match(/.{1,200}/gsu) ?? []));
  return packed(parts, ' ');
}

/** Joins neighbours while they fit a chunk. */
function packed(parts: readonly string[], separator: string): string[] {
  const chunks: string[] = [];
  let chunk: string[] = [];
  let length = 0;
  for (const part of parts) {
    const count = words(part).length;
    if (chunk.length > 0 && length + count > CHUNK_WORDS) {
      chunks.push(chunk.join(separator));
      chunk = [];
      length = 0;
    }
    chunk.push(part);
    length += count;
  }
  if (chunk.length > 0) chunks.push(chunk.join(separator));
  return chunks;
}
