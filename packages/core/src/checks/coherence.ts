import type { Check } from './check.ts';
import { repetition } from './repetition.ts';
import { scriptsDiffer } from './script.ts';
import { isTruncated } from './truncation.ts';

/**
 * Fails answers that repeat themselves (more than `maxRepetition`, default 0.3, of their word 5-grams or lines), break
 * off, or are written in another script than the question. Score: 1 less the repeated share, halved for each of the
 * other two.
 */
export function coherenceCheck({ maxRepetition = 0.3 }: { maxRepetition?: number } = {}): Check {
  return {
    name: 'coherence',
    run({ query, text, finish_reason }) {
      const repeated = repetition(text);
      const flaws = {
        repetitive: repeated > maxRepetition,
        language_mismatch: scriptsDiffer(query, text),
        truncated: isTruncated(text, finish_reason),
      };
      const reasons = Object.entries(flaws).flatMap(([reason, found]) => (found ? [reason] : []));
      const halvings = Number(flaws.language_mismatch) + Number(flaws.truncated);
      return {
        check: 'coherence',
        passed: reasons.length === 0,
        score: (1 - repeated) / 2 ** halvings,
        reasons,
      };
    },
  };
}
