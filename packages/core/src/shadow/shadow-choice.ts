/** A candidate of a delivered answer with what a shadow model gives it. */
export interface ShadowedCandidate {
  readonly id: string;
  readonly text: string;
  /** 0–1. */
  readonly shadow: number;
}

/** What a shadow model would have delivered in place of an answer. */
export interface ShadowChoice {
  /** Candidates with different texts. */
  readonly choices: number;
  /** Id of the candidate that it likes best. */
  readonly best: string;
  /** What it gives to the one that was delivered. */
  readonly delivered: number;
  /** By how much it likes its own choice better; 0 where it agrees. */
  readonly margin: number;
}

/**
 * What a shadow model would have delivered: the candidate with the highest reward. It agrees where nothing is better than
 * what was delivered, so that a tie is no disagreement.
 * @throws RangeError where the delivered candidate is not among them
 */
export function shadowChoice(delivered: string, candidates: readonly ShadowedCandidate[]): ShadowChoice {
  const given = candidates.find(({ id }) => id === delivered);
  if (given === undefined) throw new RangeError(`no candidate ${delivered}`);
  const best = candidates.reduce((top, one) => (one.shadow > top.shadow ? one : top), given);
  return {
    choices: new Set(candidates.map(({ text }) => text.trim())).size,
    best: best.id,
    delivered: given.shadow,
    margin: best.shadow - given.shadow,
  };
}
