import { wordsBefore } from './context.ts';
import type { Found } from './kind.ts';
import { matches } from './matches.ts';

/** Area, group and serial that are given out (Social Security Administration, "SSN randomization"). */
const dashed = /(?<![\p{L}\p{N}-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\p{L}\p{N}-])/gu;
const loose = /(?<![\p{L}\p{N}-])(?!000|666|9)\d{3} ?(?!00)\d{2} ?(?!0000)\d{4}(?![\p{L}\p{N}-])/gu;
const cue = /(?:\bssn|social security(?: (?:number|no\.?|#))?)\W{0,3}(?:is|:|=|#|number|no)?\W{0,3}$/u;

/** US social security numbers: with dashes, or in other spellings after the words that name them. */
export function findSsns(text: string): Found[] {
  return [...matches(text, dashed), ...matches(text, loose, (_, at) => cue.test(wordsBefore(text, at)))];
}
