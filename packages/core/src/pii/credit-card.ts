import type { Found } from './kind.ts';
import { matches } from './matches.ts';

/** Sixteen digits in fours, American Express 4-6-5, Diners 4-6-4; one separator throughout. */
const pattern =
  /(?<![\p{L}\p{N}.-])(?:[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5}|3[0689]\d{2}([ -]?)\d{6}\3\d{4})(?![\p{L}\p{N}]|[.-]\d)/gu;

/** Payment card numbers of the known shapes that pass Luhn's check. */
export function findCreditCards(text: string): Found[] {
  return matches(text, pattern, (card) => isLuhn(card.replace(/\D/g, '')));
}

/** Luhn's check digit (ISO/IEC 7812-1, annex B). */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const counted = at % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
