import { wordsBefore } from './context.ts';
import type { Found } from './kind.ts';
import { matches } from './matches.ts';

const before = '(?<![\\p{L}\\p{N}+/#-]|\\d\\.)';
const after = '(?![\\p{L}\\p{N}/]|[.-]\\d)';
const pattern = (body: string) => new RegExp(`${before}${body}${after}`, 'gu');

/** With a country code (E.164: 7 to 15 digits in all). */
const international = pattern(
  '(?:\\+|00(?=[1-9]\\d{0,2}[ .-]))\\d{1,3}[ .-]?(?:\\(0?\\d{1,4}\\)[ .-]?)?(?:\\d[ .-]?){5,12}\\d',
);

/** Grouped as the people of a country write it, which hardly anything else is. */
const grouped = [
  pattern('(?:1[ .-])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[ .-])[2-9]\\d{2}[ .-]\\d{4}'), // US, Canada
  pattern(
    '\\(?0(?:20\\)? ?[3478]\\d{3} ?\\d{4}|1\\d{3}\\)? \\d{5,6}|1\\d{2}\\)? \\d{3} \\d{4}|7\\d{3} ?\\d{3} ?\\d{3})',
  ), // UK
  pattern('0[35789]\\d{1,2}[ .-]\\d{3,4}[ .-]\\d{3,4}'), // Vietnam, mobile
  pattern('\\(?02\\d{1,2}\\)?[ .-]\\d{3,4}[ .-]?\\d{4}'), // Vietnam, landline
];

/** Without spaces: a number like any other, unless the words before it say otherwise. */
const mobile = pattern('(?:0[35789]\\d{8}|07\\d{9})');
const local = pattern(
  '(?:\\d{10}|[2-9]\\d{2}[ .-]?\\d{4}|1[89]00[ .-]?\\d{4}(?:[ .-]?\\d{2})?|1[89]00[ .-]?\\d{2}[ .-]?\\d{2})',
);

const phoneWords =
  /(?:phone|\btel|mobile|\bcell|\bcall|\bdial|\btext|\bfax|hotline|whatsapp|zalo|viber|sđt|điện thoại|\bđt|gọi|liên hệ|di động|tổng đài|reach (?:me|us|him|her)|(?:my|his|her|our) number|(?:theo|qua|vào) số)[^\d]{0,16}$/u;
const otherWords =
  /(?:order|invoice|ticket|tracking|parcel|account|reference|\bref|\bid|\bsku|serial|barcode|isbn|\bpart|\bcase|đơn(?: hàng)?|hóa đơn|mã(?: số| vận đơn| đơn)?|tài khoản|vận đơn)[^\d]{0,12}$/u;

/** Phone numbers: international, and as they are written in the US, the UK and Vietnam. */
export function findPhones(text: string): Found[] {
  const isCalled = (_: string, at: number) => phoneWords.test(wordsBefore(text, at));
  const isNothingElse = (match: string, at: number) =>
    isCalled(match, at) || !otherWords.test(wordsBefore(text, at, 24));
  const isLongEnough = (match: string) => {
    const digits = match.replace(/\D/g, '').length;
    return digits >= 8 && digits <= 15;
  };
  return [
    ...matches(text, international, isLongEnough),
    ...grouped.flatMap((one) => matches(text, one, isNothingElse)),
    ...matches(text, mobile, isNothingElse),
    ...matches(text, local, isCalled),
  ];
}
