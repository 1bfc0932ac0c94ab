import type { text } from './text.ts';

type Words = (typeof text)['en'];

/** Why a candidate falls short, in words. The server says `check:reason` or just a reason. */
export function flawText(failedCheck: string, words: Words['did']['flaws']): string {
  const reason = failedCheck.slice(failedCheck.indexOf(':') + 1);
  return wordFor(reason, words) ?? failedCheck.replaceAll('_', ' ').replace(':', ': ');
}

/** Why an answer is less than it could be, a sentence per reason. The server joins its codes by commas. */
export function degradedTexts(degraded: string | null, words: Words['account']['degraded']): string[] {
  const codes = (degraded ?? '').split(',').map((code) => code.trim());
  return codes
    .filter((code) => code !== '')
    .map((code) => wordFor(code, words) ?? `${code.replaceAll('_', ' ')}.`);
}

/** How a candidate was made, in words: `temperature_0.7` is `temperature 0.7`. */
export function methodText(method: string, words: Words['account']['methods']): string {
  return wordFor(method, words) ?? method.replaceAll('_', ' ');
}

function wordFor(code: string, words: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}
