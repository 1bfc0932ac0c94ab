import type { Found } from './kind.ts';
import { groups } from './matches.ts';

const word = "\\p{Lu}[\\p{L}\\p{M}'’]{1,20}(?:-\\p{Lu}[\\p{L}\\p{M}]{1,20})?";
const oneToFour = `(?<it>${word}(?: (?:\\p{Lu}\\. )?${word}){0,3})`;
const end = '(?![\\p{L}\\p{M}\\p{N}])';
const pattern = (cue: string, name = oneToFour, then = '') =>
  new RegExp(`(?<![\\p{L}\\p{M}])${cue}${name}${end}${then}`, 'dgu');

/** Words that only stand before or around a name. */
const cues = [
  pattern('(?:Mr|Mrs|Ms|Mx|Dr|Prof)\\.? '),
  pattern('(?:Miss|Professor|Doctor) '),
  pattern("(?:[Mm]y|[Hh]is|[Hh]er|[Ff]ull|[Pp]atient|[Cc]ustomer)(?: full)? name(?:'s| is|:) "),
  pattern(
    '(?:[Tt]his is|I am called|[Cc]all me|[Nn]amed|[Ss]igned,?|[Ss]igned by) ',
    `(?<it>${word}(?: ${word}){0,2})`,
  ),
  pattern('(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey) ', `(?<it>${word}(?: ${word}){0,2})`, '(?=[,!:\\n]|$)'),
  pattern(
    '(?:[Rr]egards|[Ss]incerely|[Cc]heers|[Tt]hanks),\\s{1,2}',
    `(?<it>${word}(?: ${word}){0,2})`,
    '(?=\\.?\\s{0,4}$)',
  ),
  pattern(
    '(?:[Tt]ên (?:tôi|em|mình|anh|chị|con|cháu|của tôi|bệnh nhân|khách hàng)|[Tt]ôi tên|[Ee]m tên|[Mm]ình tên|[Hh]ọ (?:và )?tên)(?: là|:)? ',
  ),
  pattern('(?:[Ôô]ng|[Bb]à|[Bb]ác sĩ|BS\\.|[Cc]ô giáo|[Tt]hầy|[Cc]hị|[Kk]hách hàng|[Bb]ệnh nhân) '),
  pattern('(?:[Cc]hào|[Gg]ửi|[Tt]hưa) (?:anh|chị|ông|bà|bạn|em) '),
  pattern('(?<!nước |tiếng |người )anh '),
];

/** What those words stand before without naming anybody. */
const nobody = new Set(
  (
    'Sir Madam Customer Customers Team All Everyone Everybody There Support Friend Friends Colleague Colleagues Hiring ' +
    'Sirs Pepper Martens Attune Doctor Professor User Valued Claude Siri Alexa Google Quốc Việt Nam Trưng Triệu Chúa Hà ' +
    'Internet January February March April May June July August September October November December Monday Tuesday ' +
    'Wednesday Thursday Friday Saturday Sunday The This That It Not'
  ).split(' '),
);

/** People's names where words around them say so: titles, salutations, "my name is", "tôi tên là". */
export function findPersonNames(text: string): Found[] {
  return cues.flatMap((cue) => groups(text, cue, (name) => !nobody.has(name.split(' ')[0] ?? '')));
}
