import { wordsBefore } from './context.ts';
import type { Found } from './kind.ts';
import { matches } from './matches.ts';

const number =
  /(?<![\p{L}\p{N}-])(?:\d{12}|\d{9}|\d{3} \d{3} \d{3} \d{3}|\d{3} \d{3} \d{3})(?![\p{L}\p{N}-])/gu;
const cue =
  /(?:cccd|cmnd|cmtnd|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?|citizen id|national id|identity card|id card)[^\d]{0,16}$/u;
/** UK national insurance number (HMRC, NIM39110). */
const insurance =
  /(?<![\p{L}\p{N}])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/gu;

/** Vietnamese identity numbers (CCCD 12 digits, CMND 9) after the words that name them; UK national insurance numbers. */
export function findNationalIds(text: string): Found[] {
  return [...matches(text, number, (_, at) => cue.test(wordsBefore(text, at))), ...matches(text, insurance)];
}
