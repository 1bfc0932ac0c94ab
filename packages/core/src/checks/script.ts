/** Writing systems told apart. Chinese and Japanese share characters and count as one. */
const scripts = {
  latin: /\p{sc=Latin}/gu,
  cyrillic: /\p{sc=Cyrillic}/gu,
  greek: /\p{sc=Greek}/gu,
  arabic: /\p{sc=Arabic}/gu,
  hebrew: /\p{sc=Hebrew}/gu,
  devanagari: /\p{sc=Devanagari}/gu,
  bengali: /\p{sc=Bengali}/gu,
  tamil: /\p{sc=Tamil}/gu,
  thai: /\p{sc=Thai}/gu,
  hangul: /\p{sc=Hangul}/gu,
  han_kana: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu,
} as const;

const CLEARLY = 0.8;
const ENOUGH_LETTERS = 10;

/** Share of each script among a text's letters of known scripts, code blocks and addresses aside; n is their number. */
function scriptShares(text: string): { n: number; shares: Map<string, number> } {
  const prose = text.replace(/```[\s\S]*?(```|$)|`[^`]*`|https?:\S+/g, ' ');
  const counts = Object.entries(scripts).map(
    ([name, letters]) => [name, prose.match(letters)?.length ?? 0] as const,
  );
  const n = counts.reduce((sum, [, count]) => sum + count, 0);
  return { n, shares: new Map(counts.map(([name, count]) => [name, n === 0 ? 0 : count / n])) };
}

/**
 * Whether a question and its answer are clearly written in different scripts: at least ten letters each, four fifths
 * of each in one script, and not the same. A cheap stand-in for language identification: it cannot tell French from
 * English, and it takes a translation on request for a mismatch.
 */
export function scriptsDiffer(query: string, answer: string): boolean {
  const asked = clearScript(query);
  const answered = clearScript(answer);
  return asked !== undefined && answered !== undefined && asked !== answered;
}

/** The script that at least four fifths of a text's letters are of; undefined for a mixture or fewer than ten letters. */
export function clearScript(text: string): string | undefined {
  const { n, shares } = scriptShares(text);
  if (n < ENOUGH_LETTERS) return undefined;
  for (const [name, share] of shares) if (share >= CLEARLY) return name;
  return undefined;
}
