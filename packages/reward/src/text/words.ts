import { stem } from './stem.ts';

/** Scripts written without spaces count character by character, others word by word. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{N}\p{M}]+/gu;

/** Hashes (unsigned, 32 bits) of the stems of a text's words, in order. Equal stems have equal hashes. */
export function wordHashes(text: string): Uint32Array {
  const words = text.toLowerCase().match(WORD) ?? [];
  return Uint32Array.from(words, (word) => hash(stem(word)));
}

/** FNV-1a over UTF-16 units (Fowler, Noll, Vo), finished as in MurmurHash3 so that the low bits are well mixed. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) value = Math.imul(value ^ word.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
