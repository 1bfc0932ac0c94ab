import type { ExperimentExposure } from '@attune/contracts';
import { clearScript } from '@attune/core';
import type { Competition } from './compete.ts';
import type { Prepared } from './prepare.ts';

const SHORT_CHARACTERS = 60;
const LONG_CHARACTERS = 240;

/**
 * The experiment that an answer counts for: where its arm could make a difference, because candidates were compared
 * by score, or because it failed.
 * @param competition null for an answer that failed
 */
export function exposureOf(
  prepared: Prepared | undefined,
  competition: Pick<Competition, 'scoringMs' | 'selected'> | null,
): ExperimentExposure | null {
  const trial = prepared?.trial ?? null;
  if (prepared === undefined || trial === null || !trial.counted) return null;
  if (competition !== null && !comparesScores(competition)) return null;
  const { query } = prepared.question;
  return {
    id: trial.id,
    arm: trial.arm,
    unit: trial.unit,
    script: clearScript(query) ?? null,
    question_length:
      query.length < SHORT_CHARACTERS ? 'short' : query.length < LONG_CHARACTERS ? 'medium' : 'long',
  };
}

function comparesScores({ scoringMs, selected }: Pick<Competition, 'scoringMs' | 'selected'>): boolean {
  return scoringMs !== null && selected.candidates.length >= 2;
}
