/** What two copies of one answer have in common: compatible form (NFKC) and single spaces. Letters keep their case. */
export function answerKey(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}
