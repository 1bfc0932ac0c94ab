import type { Found } from './kind.ts';

/** Characters of an IBAN by country (SWIFT, IBAN registry). */
const lengths: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AT: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BR: 29,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MD: 24,
  MT: 31,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  TN: 24,
  TR: 26,
  UA: 29,
};

const start = /(?<![\p{L}\p{N}])([A-Z]{2})\d{2}(?= ?[A-Z0-9])/gu;

/** International bank account numbers whose length and check digits are right. */
export function findIbans(text: string): Found[] {
  return [...text.matchAll(start)].flatMap((match) => {
    const end = endOf(text, match.index, lengths[match[1] ?? ''] ?? 0);
    return end === null ? [] : [{ start: match.index, end }];
  });
}

/** Where the account number that begins here ends; null when it is none. Single spaces may stand in it. */
function endOf(text: string, from: number, length: number): number | null {
  let compact = '';
  let at = from;
  while (compact.length < length) {
    const character = text[at] ?? '';
    if (/[A-Z0-9]/.test(character)) compact += character;
    else if (character !== ' ' || text[at - 1] === ' ') return null;
    at++;
  }
  const next = text[at] ?? '';
  return length > 0 && !/[\p{L}\p{N}]/u.test(next) && mod97(compact) === 1 ? at : null;
}

/** Remainder that right check digits leave as 1 (ISO 13616, ISO/IEC 7064 MOD 97-10). */
export function mod97(compact: string): number {
  const rotated = compact.slice(4) + compact.slice(0, 4);
  let remainder = 0;
  for (const character of rotated) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
