import { position } from '../experiments/assignment.ts';

/** A second candidate that the reader is asked to compare with the delivered one. */
export interface Rival {
  readonly id: string;
  /** Side on which the delivered answer is shown. */
  readonly shown: 'left' | 'right';
  /** Probability with which this one was offered. */
  readonly propensity: number;
}

/**
 * Offers a rival on a share of answers: each of the others is equally likely, and so is each side. The draw follows from
 * the answer's id alone, so that it is repeatable and nobody can influence it.
 * @param share of answers with more than one candidate, 0–1
 * @returns null where no comparison is asked for
 */
export function drawRival(answerId: string, others: readonly string[], share: number): Rival | null {
  if (others.length === 0 || position(answerId, 'compare') >= share) return null;
  const id = others[Math.floor(position(answerId, 'compare:rival') * others.length)];
  if (id === undefined) return null;
  const shown = position(answerId, 'compare:side') < 0.5 ? 'left' : 'right';
  return { id, shown, propensity: share / others.length };
}
