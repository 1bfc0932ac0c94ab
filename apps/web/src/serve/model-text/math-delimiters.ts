import { codeApart } from './code-spans.ts';

// Lengths are bounded so that no text, however odd, takes long.
const DISPLAY = /\\\[([\s\S]{1,2000}?)\\\]/;
const INLINE = /\\\(([\s\S]{1,1000}?)\\\)/;
/** As Pandoc reads dollars: no space inside them, no digit after them, so that prices stay prices. */
const DOLLARS = /(?<![\\$])\$(?![\s$])((?:[^$\n\\]|\\.){0,500}?[^\s\\$])\$(?![\d$])/;

const FORMULA = new RegExp([DISPLAY, INLINE, DOLLARS].map(({ source }) => source).join('|'), 'g');

/**
 * Formulas as models write them (`\(…\)`, `\[…\]`, `$…$`), put between double dollars, which is how the Markdown reader
 * takes them. Code and prices are left alone.
 */
export function withMathDelimiters(text: string): string {
  return codeApart(text)
    .map((part) => (part.code ? part.text : part.text.replace(FORMULA, inDoubleDollars)))
    .join('');
}

function inDoubleDollars(_: string, display?: string, inline?: string, dollars?: string): string {
  if (display !== undefined) return `\n$$\n${display.trim()}\n$$\n`;
  return `$$${(inline ?? dollars ?? '').trim()}$$`;
}

/** Whether a text may hold a formula. */
export function mayHaveMath(text: string): boolean {
  return /\$|\\\(|\\\[/.test(text);
}
