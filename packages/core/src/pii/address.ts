import type { Found } from './kind.ts';
import { matches } from './matches.ts';

const name = "\\p{Lu}[\\p{L}\\p{M}'’-]{0,20}\\.?";
const kinds =
  'Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Square|Sq|Way|Place|Pl|Terrace|Close|Crescent|Gardens|Highway|Hwy|Parkway|Pkwy';

/** House number, one to four capitalised words, kind of street; then flat, town and code as far as they follow. */
const english = new RegExp(
  `(?<![\\p{L}\\p{N}.,/-])\\d{1,5}[A-Za-z]?,? (?:[NSEW]\\.? )?(?:(?:${name}|\\d{1,3}(?:st|nd|rd|th)) ){1,4}(?:${kinds})\\b\\.?` +
    `(?:,? (?:Apt|Apartment|Unit|Suite|Flat|#)\\.? ?\\w{1,6})?(?:, ${name}(?: ${name}){0,2}){0,2}(?:,? [A-Z]{2})?(?:,? \\d{5}(?:-\\d{4})?|,? [A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2})?(?![\\p{L}\\p{N}])`,
  'gu',
);

const vietnameseName = '[\\p{Lu}\\d][\\p{L}\\p{M}\\d]{0,10}(?: [\\p{Lu}\\d][\\p{L}\\p{M}\\d/]{0,10}){0,4}';
const area =
  '(?:[Pp]hường|P\\.|[Qq]uận|Q\\.|[Hh]uyện|[Xx]ã|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh|[Tt]p\\.?|TP\\.?|Hà Nội|Đà Nẵng|Sài Gòn)';
const house = '(?:[Ss]ố (?:nhà )?)?\\d{1,4}[A-Za-z]?(?:[/-]\\d{1,4}[A-Za-z]?){0,3}';
const alley = `(?:[Nn]gõ|[Nn]gách|[Hh]ẻm|[Kk]iệt) \\d{1,4}(?:/\\d{1,4}){0,2}`;
const areas = `(?:, ?${area}(?: ?${vietnameseName})?)`;

/** House number and street; the street is named as one, or a ward, district or town follows. */
const vietnamese = new RegExp(
  `(?<![\\p{L}\\p{N}.,/-])(?:${house}|${alley}),? (?:(?:[Đđ]ường|[Pp]hố|[Nn]gõ|[Nn]gách|[Hh]ẻm|[Kk]iệt) ${vietnameseName}${areas}{0,4}|${vietnameseName}${areas}{1,4})(?![\\p{L}\\p{N}])`,
  'gu',
);

/** Street addresses with a house number, in English and Vietnamese. */
export function findAddresses(text: string): Found[] {
  return [...matches(text, english), ...matches(text, vietnamese)];
}
