import { AttuneError } from '@attune/contracts';
import { ScoringTimeout } from './scorer.ts';

/** Work of the scoring threads for somebody who cannot go on without it. @throws AttuneError `scoring_unavailable` when it is late */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof ScoringTimeout
      ? new AttuneError('scoring_unavailable', {}, { cause: error })
      : error;
  });
}
