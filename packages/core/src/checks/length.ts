import { words } from '../words.ts';
import type { Check } from './check.ts';

export interface LengthLimits {
  /** Fewest words; default 1, so that only an answer without any word fails. */
  minWords?: number;
  /** Most words; default 2,000. */
  maxWords?: number;
}

/** Fails answers with too few or too many words; the score falls in proportion to how far outside they are. */
export function lengthCheck({ minWords = 1, maxWords = 2000 }: LengthLimits = {}): Check {
  return {
    name: 'length',
    run({ text }) {
      const count = words(text).length;
      if (count < minWords)
        return { check: 'length', passed: false, score: count / minWords, reasons: ['too_short'] };
      if (count > maxWords)
        return { check: 'length', passed: false, score: maxWords / count, reasons: ['too_long'] };
      return { check: 'length', passed: true, score: 1, reasons: [] };
    },
  };
}
