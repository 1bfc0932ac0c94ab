import { wordsBefore } from './context.ts';
import type { Found } from './kind.ts';
import { matches } from './matches.ts';

const number = /(?<![\p{L}\p{N}-])(?:[A-Z]{1,2}\d{6,8}|\d{9})(?![\p{L}\p{N}-])/gu;
const cue = /(?:passport|hộ chiếu)[^\d]{0,20}$/u;

/** Passport numbers after the word that names them. */
export function findPassports(text: string): Found[] {
  return matches(text, number, (_, at) => cue.test(wordsBefore(text, at)));
}
